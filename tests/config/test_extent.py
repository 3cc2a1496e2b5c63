"""Where values end, and which repairs may be shown: in any way of writing that a file may use."""

from __future__ import annotations

from dataclasses import replace

import pytest

from validator import config
from validator.config.extent import exact
from validator.model import Location, Repair, Stage

HOLDER = (
    "leadDestination: dynamics\ndynamicsLeadConfiguration:\n  instanceUrl: {}\n  authentication: azureAD\n"
)
VALUE = "https://fabrikam.crm4.dynamics.com/main"
JSON = '{"leadDestination": "dynamics", "dynamicsLeadConfiguration"'
POINTER = "/dynamicsLeadConfiguration/instanceUrl"
NEW = "https://fabrikam.crm4.dynamics.com"


def configuration(text):
    data = text if isinstance(text, bytes) else text.encode()
    return config.load("lead.yaml", data, environ={}, offline=True)[0]


def found_in(text, *, repaired=NEW, pointer=POINTER, **changes):
    """Report a finding about the value, as a judge does, and make it exact."""
    read = configuration(text)
    repair = Repair(pointer, read.text(pointer), repaired)
    finding = replace(
        read.finding("instance-url-page", Stage.SETTINGS, pointer=pointer), repair=repair, **changes
    )
    [told] = exact(read, [finding])
    return told


@pytest.mark.parametrize(
    ("written", "end", "new"),
    [
        (VALUE, (3, 55), NEW),
        (f"'{VALUE}' # comment", (3, 57), f"'{NEW}'"),
        (f'"{VALUE}"', (3, 57), f'"{NEW}"'),
        (f'"https:\\/\\/{VALUE[8:]}"', (3, 59), f'"{NEW}"'),
        (f"'https://é.{VALUE[8:]}'", (3, 59), f"'{NEW}'"),
        (f"\n    {VALUE}", (4, 44), NEW),
    ],
)
def test_the_region_reaches_to_the_end_of_the_value(written, end, new):
    told = found_in(HOLDER.format(written))
    assert (told.location.end, told.repair.written) == (end, new)


def test_a_block_ends_where_the_next_key_begins():
    told = found_in(HOLDER.format(f">-\n    {VALUE}"))
    assert told.location.end == (5, 1)
    assert told.repair.written == NEW + "\n"


def test_json_and_a_byte_order_mark():
    text = f'{JSON}: {{"instanceUrl": "{VALUE}"}}}}'
    told = found_in(b"\xef\xbb\xbf" + text.encode())
    column = told.location.column
    assert text[column - 1 : told.location.end[1] - 1] == f'"{VALUE}"'
    assert told.repair.written == f'"{NEW}"'


def test_what_is_no_text_has_no_end():
    read = configuration(JSON + ": {}}")
    finding = read.finding("missing-key", Stage.SETTINGS, pointer="/dynamicsLeadConfiguration")
    [told] = exact(read, [finding])
    assert told == finding


def test_a_finding_without_a_place_stays_as_it_is():
    read = configuration(HOLDER.format(VALUE))
    finding = replace(read.finding("missing-key", Stage.SETTINGS), location=None)
    assert exact(read, [finding]) == (finding,)
    assert exact(read, []) == ()


def test_an_old_value_that_does_not_stand_there_is_not_replaced():
    read = configuration(HOLDER.format(VALUE))
    finding = read.finding("instance-url-page", Stage.SETTINGS, pointer=POINTER)
    [told] = exact(read, [replace(finding, repair=Repair(POINTER, "something else", NEW))])
    assert (told.location.end, told.repair.written) == ((3, 55), None)


def test_a_place_that_the_file_does_not_have_has_no_end():
    at = Location("lead.yaml", POINTER, 3, 2)
    told = found_in(HOLDER.format(VALUE), location=at)
    assert (told.location, told.repair.written) == (at, None)


STRING = (
    "DefaultEndpointsProtocol=https;AccountName=a;AccountKey=Zm9vYmFyYmF6cXV4;EndpointSuffix=core.windows.net"
)
TABLE = f'leadDestination: table\ntableLeadConfiguration:\n  storageAccountConnectionString: "{STRING}"\n'


def test_a_repair_of_a_credential_is_not_shown():
    told = found_in(TABLE, pointer="/tableLeadConfiguration/storageAccountConnectionString")
    assert told.location.end == (3, 37 + len(STRING))
    assert told.repair.written is None


def test_a_repair_that_would_show_a_secret_from_elsewhere_is_not_shown():
    text = HOLDER.format(VALUE) + "  applicationKey: a~8Q~secret-of-this-file\n"
    told = found_in(text, repaired=f"{NEW}/?a~8Q~secret-of-this-file")
    assert told.repair.written is None
    assert found_in(text).repair.written == NEW
