"""leadcheck: will leads from Microsoft's commercial marketplace really arrive.

    import validator
    report = validator.validate(["lead-destination.yaml"], offline=True)

What is named here is all that other programs should use; it is loaded at its first use.
"""

TYPE_CHECKING = False  # importing it would cost `leadcheck --version` as much as Python's own start
if TYPE_CHECKING:
    from validator.api import explain, load, validate

__version__ = "0.1.0"

__all__ = ["__version__", "explain", "load", "validate"]


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module  # noqa: PLC0415 - as above

    return getattr(import_module("validator.api"), name)
