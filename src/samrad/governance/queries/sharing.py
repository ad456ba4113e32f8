"""How the municipalities share a common cost, by the key in the body's mandate. Plain arithmetic."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

from samrad.governance.models import CostKey

ORE = Decimal("0.01")


def _weights(
    key: str, equal_percent: int | None, inhabitants: Mapping[int, int | None], use: Mapping[int, int]
) -> dict[int, Fraction]:
    """Each municipality's part of the whole; nothing where the key needs figures that are not here."""
    by_use = key == CostKey.USE
    known = {place: (use.get(place, 0) if by_use else number or 0) for place, number in inhabitants.items()}
    count, everyone = len(known), sum(known.values())
    equal = {CostKey.EQUAL: Fraction(1), CostKey.INHABITANTS: Fraction(0), CostKey.USE: Fraction(0)}.get(
        CostKey(key), Fraction(equal_percent or 0, 100)
    )
    if not count or (equal < 1 and not (everyone if by_use else all(known.values()))):
        return {}
    return {
        place: equal / count + ((1 - equal) * Fraction(number, everyone) if equal < 1 else 0)
        for place, number in known.items()
    }


def shares(
    amount_kr: Decimal,
    *,
    key: str,
    equal_percent: int | None,
    inhabitants: Mapping[int, int | None],
    use: Mapping[int, int] | None = None,
) -> dict[int, Decimal]:
    """What each municipality pays of an amount, in whole kroner; the shares always make up the amount.

    `inhabitants`: the municipalities that share, each with its number of inhabitants. `use`: how much each of them uses,
    in whatever is counted; one that uses nothing pays nothing. What is left by rounding down goes, a krone each, to
    those who lost most by it (the method of the largest remainder); øre are shared only where the amount has any.
    Empty where the figures that the key asks for are not registered.
    """
    step = Decimal(1) if amount_kr == amount_kr.to_integral_value() else ORE
    steps = int(amount_kr / step)
    exact = {place: part * steps for place, part in _weights(key, equal_percent, inhabitants, use or {}).items()}
    whole = {place: part.numerator // part.denominator for place, part in exact.items()}
    left = steps - sum(whole.values()) if exact else 0
    for place in sorted(exact, key=lambda p: (whole[p] - exact[p], p))[:left]:
        whole[place] += 1
    return {place: number * step for place, number in whole.items()}
