"""Kroner, said as Norwegians write them."""

from decimal import ROUND_HALF_UP, Decimal

NBSP = "\xa0"


def grouped(value: int) -> str:
    """1234567 -> «1 234 567» with no-break spaces and a real minus sign."""
    text = f"{abs(value):,}".replace(",", NBSP)
    return f"\u2212{text}" if value < 0 else text


def kroner(value: Decimal | int | None) -> str:
    """«1 234 567 kr», rounded to whole kroner; an unknown amount is a dash."""
    if value is None:
        return "–"
    return f"{grouped(int(Decimal(value).quantize(Decimal(1), ROUND_HALF_UP)))}{NBSP}kr"


def short_kroner(value: Decimal | int | None) -> str:
    """«1,2 mill. kr» or «350 000 kr»: what fits a table that is read, not added up."""
    if value is None:
        return "–"
    amount = Decimal(value)
    if abs(amount) >= 1_000_000:
        millions = (amount / 1_000_000).quantize(Decimal("0.1"), ROUND_HALF_UP)
        text = f"{abs(millions)}".replace(".", ",").removesuffix(",0")
        sign = "\u2212" if millions < 0 else ""
        return f"{sign}{text}{NBSP}mill.{NBSP}kr"
    return kroner(amount)
