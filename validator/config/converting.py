"""A configuration in any format becomes one in the vocabulary of `customer-leads`, without its secrets."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, Final

from validator.config.destination import destination
from validator.config.document import Malformed, Unreadable
from validator.config.fault import get, leaves, put
from validator.config.formats import cut, recognise
from validator.config.placeholders import REFERENCE
from validator.config.reading import documents
from validator.config.suggestions import respelt
from validator.config.vocabulary import BLOCKS, CREDENTIALS, EXTRA, is_secret
from validator.foreign import shown
from validator.model import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from validator.config.fault import Path
    from validator.config.formats import Part

SCHEMA: Final = "https://schema.mp.microsoft.com/schema/customer-leads/2022-03-01-preview3"
"""Of the latest version whose names are known."""

ABOUT: Final[tuple[str, ...]] = ("$schema", "id", "resourceName", "product")
"""Keys of the resource that are no settings of a destination."""

OFFER_ID: Final = re.compile("[a-z0-9][a-z0-9_-]{2,49}")
"""What Partner Center takes for one. The name of a product, which Suger has in its place, is none."""

NAMES: Final[Mapping[Path, str]] = {
    ("dynamicsLeadConfiguration", "applicationKey"): "LEAD_APPLICATION_KEY",
    ("dynamicsLeadConfiguration", "password"): "LEAD_PASSWORD",
    ("tableLeadConfiguration", "storageAccountConnectionString"): "LEAD_STORAGE_CONNECTION",
    ("blobLeadConfiguration", "storageAccountConnectionString"): "LEAD_STORAGE_CONNECTION",
    ("httpsEndpointLeadConfiguration", "httpsEndpointUrl"): "LEAD_ENDPOINT_URL",
    ("marketoLeadConfiguration", "clientSecret"): "MARKETO_CLIENT_SECRET",
    (EXTRA, "salesforce", "api", "clientSecret"): "SF_CLIENT_SECRET",
}
"""Variables for secrets, named as in the examples."""


RESOURCE: Final = "customer-leads"
"""The target that is the API's resource; the other one is a file of leadcheck's own."""


def converted(file: str, data: bytes, target: str, product: str | None = None) -> str:
    """Convert the configurations of a file, or that of one product. Raise Unreadable.

    A resource is alone in its file, so that of several one has to be chosen.
    """
    try:
        read = documents(data, strict=file.lower().endswith(".json"))
    except Malformed as error:
        raise Unreadable(Problem(shown(file), str(error), *(error.place or ()))) from None
    parts = [
        _identified(cut(document, found)) for document in read for _, found in recognise(document.values)
    ]
    known = [(_product(part.found.product or part.values.get("product")), part.values) for part in parts]
    chosen = [_settings(values, target) for name, values in known if product in {None, name}]
    if not chosen or (target == RESOURCE and len(chosen) > 1):
        raise Unreadable(Problem(shown(file), _why_not([name for name, _ in known], product)))
    return "\n---\n".join(_written(values, target) for values in chosen) + "\n"


def _identified(part: Part) -> Part:
    """Have a configuration name its product, where only the envelope that it leaves does."""
    offer = part.found.product
    if "product" not in part.values and isinstance(offer, str) and OFFER_ID.fullmatch(offer):
        part.values["product"] = {"externalId": offer}
    return part


def _why_not(products: list[str | None], product: str | None) -> str:
    if not products:
        return "no lead-destination configuration in it; the key leadDestination is expected"
    names = ", ".join(sorted({shown(name) for name in products if name})) or "none has a name"
    if product is not None:
        return f"no configuration of that product was found; the products here are: {names}"
    return f"there are {len(products)} configurations in it; choose one with --product: {names}"


def _product(written: object) -> str | None:
    if isinstance(written, dict):
        written = written.get("externalId") or written.get("resourceName")
    return written if isinstance(written, str) else None


def _settings(values: dict[str, Any], target: str) -> dict[str, Any]:
    meant, _ = destination(values)
    _refer(values)
    written = values.get("leadDestination")
    name = meant if written is None or respelt(written, meant) else written
    about = {key: values[key] for key in ABOUT if key in values}
    block = BLOCKS.get(meant or "")
    settings = {key: values[key] for key in (block,) if key and key in values}
    if target != RESOURCE:
        around: dict[str, Any] = {key: values[key] for key in ("product", EXTRA) if key in values}
        return {"leadDestination": name, **settings, **around}
    return {"$schema": SCHEMA, **about, "leadDestination": name, **settings}


def _refer(values: dict[str, Any]) -> None:
    """Put a reference in the place of every secret; one that is there already stays."""
    for path in (*NAMES, *_others(values)):
        written = get(values, path)
        if written is not None and not (isinstance(written, str) and REFERENCE.fullmatch(written.strip())):
            put(values, path, f"${{{NAMES.get(path) or _variable(path)}}}")


def _others(values: Mapping[str, Any]) -> Iterator[Path]:
    """Find secrets under other keys: misspelt ones, or those of leftovers."""
    known = {credential.path for credential in CREDENTIALS}
    for path, value in leaves(values):
        names = [key for key in path if isinstance(key, str)]
        if path not in known and names and is_secret(names[-1]) and isinstance(value, str | int | float):
            yield path


def _variable(path: Path) -> str:
    key = next(key for key in reversed(path) if isinstance(key, str))
    words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|[^A-Za-z0-9]+", "_", key)
    return "LEAD_" + words.strip("_").upper()


def _written(values: Mapping[str, Any], target: str) -> str:
    if target == RESOURCE:
        return json.dumps(values, indent=2, ensure_ascii=False)
    import yaml  # noqa: PLC0415 - 15 ms that JSON need not pay

    text: str = yaml.safe_dump(dict(values), sort_keys=False, allow_unicode=True, width=1000)
    return text.rstrip("\n")
