from __future__ import annotations

import pytest


@pytest.fixture
def ask(client):
    """Ask for the subjects of the leads that a query finds; the code of the refusal otherwise."""
    client.sign_in()
    people = [("Ada's lead", "Ada", 8), ("Second lead", "Grace", 4), ("third", None, 8)]
    for day, (subject, first, source) in enumerate(people, 1):
        client.create(values={"subject": subject, "firstname": first, "leadsourcecode": source})
        list(client.state.environments["fabrikam"].leads.values())[-1]["createdon"] = (
            f"2026-01-0{day}T00:00:00Z"
        )

    def subjects(**options):
        answer = client.api("leads", params={f"${name}": value for name, value in options.items()})
        body = answer.json()
        return [row["subject"] for row in body["value"]] if answer.ok else body["error"]["code"]

    return subjects


ALL = ["Ada's lead", "Second lead", "third"]


@pytest.mark.parametrize(
    ("condition", "found"),
    [
        ("subject eq 'third'", ["third"]),
        ("subject eq 'THIRD'", ["third"]),
        ("subject eq 'Ada''s lead'", ["Ada's lead"]),
        ("contains(subject,'LEAD')", ["Ada's lead", "Second lead"]),
        ("contains( subject , 'lead' )", ["Ada's lead", "Second lead"]),
        ("contains(firstname,'race')", ["Second lead"]),
        ("startswith(subject,'sec')", ["Second lead"]),
        ("endswith(subject,'d')", ALL),
        ("leadsourcecode eq 4", ["Second lead"]),
        ("leadsourcecode eq -4", []),
        ("leadsourcecode ne 4", ["Ada's lead", "third"]),
        ("firstname eq null", ["third"]),
        ("firstname eq true", []),
        ("subject eq 'third' or leadsourcecode eq 4", ["Second lead", "third"]),
        ("contains(subject,'lead') and leadsourcecode eq 8", ["Ada's lead"]),
        ("subject eq 'third' or contains(subject,'lead') and leadsourcecode eq 4", ["Second lead", "third"]),
        ("(subject eq 'third' or contains(subject,'lead')) and leadsourcecode eq 4", ["Second lead"]),
        ("not contains(subject,'lead')", ["third"]),
    ],
)
def test_a_filter_finds(ask, condition, found):
    assert ask(filter=condition) == found


@pytest.mark.parametrize(
    "condition",
    [
        "",
        "subject",
        "subject eq",
        "subject eq 'open",
        "subject like 'x'",
        "subject eq 'x' subject",
        "(subject eq 'x'",
        "contains(subject 'x')",
        "contains subject",
        "shoesize eq 46",
        "contains(shoesize,'x')",
        "subject eq unquoted",
        "subject eq 'x' ; drop",
    ],
)
def test_a_filter_that_means_nothing_is_refused(ask, condition):
    assert ask(filter=condition) == "0x80060888"


def test_leads_come_in_the_order_and_number_asked_for(ask):
    assert ask(orderby="createdon desc") == ALL[::-1]
    assert ask(orderby="leadsourcecode,createdon desc", top="2") == ["Second lead", "third"]
    assert ask(orderby="firstname") == ["third", "Ada's lead", "Second lead"]
    assert ask(top="0") == []


@pytest.mark.parametrize(
    "options",
    [
        {"select": "shoesize"},
        {"orderby": "shoesize"},
        {"top": "some"},
        {"skip": "1"},
    ],
)
def test_an_option_that_means_nothing_is_refused(ask, options):
    assert ask(**options) == "0x80060888"
