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


def exact_kroner(value: Decimal | int | None) -> str:
    """«1 234 567 kr», or «1 234 567,50 kr» where there are øre: for books that must add up."""
    if value is None or Decimal(value) % 1 == 0:
        return kroner(value)
    whole, cents = divmod(int(abs(Decimal(value) * 100).quantize(Decimal(1), ROUND_HALF_UP)), 100)
    sign = "\u2212" if value < 0 else ""
    return f"{sign}{grouped(whole)},{cents:02d}{NBSP}kr"


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
