"""The table of who may do what says every action in the same way: a verb in the infinitive."""

import pytest
from django.utils.translation import override

from samrad.organisation.roles import PERMISSIONS

VOWELS = tuple("aeiouyæøå")


@pytest.mark.parametrize("language", ["nb", "nn"])
def test_every_action_begins_with_a_verb_in_the_infinitive(language: str) -> None:
    with override(language):
        said = {code: str(label) for code, (label, _roles) in PERMISSIONS.items()}
    others = {code: words for code, words in said.items() if not words.split()[0].rstrip(",").endswith(VOWELS)}
    assert others == {}  # «Meld inn» and «Godkjenn» are orders, «Importer» too
