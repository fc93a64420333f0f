"""The table of neighbouring letters, made anew."""

import tomllib

import pytest

from appliance.data.letters import LETTERS, SIGNS, bits, main, pairs, plain, table


@pytest.mark.parametrize(
    ("word", "letters"),
    [("Été", "ete"), ("cœur", "coeur"), ("l'eau", ""), ("porte-clé", ""), ("", ""), ("4x4", "")],
)
def test_words_lose_their_accents_and_what_is_no_word_is_left_out(word, letters):
    assert plain(word) == letters


def test_edges_of_words_are_neighbours_too():
    assert pairs(["ab", "b"]) == {"_a": 1, "ab": 1, "b_": 2, "_b": 1}


def test_what_is_common_is_little_surprise():
    rows = dict(bits([pairs(["ab"] * 99 + ["ac"])]))
    assert rows["a"][SIGNS.index("b")] < 0.1 < rows["a"][SIGNS.index("c")]
    assert rows["a"][SIGNS.index("z")] > 10


def test_each_file_weighs_the_same():
    """However many words it has."""
    rows = dict(bits([pairs(["ab"] * 1000), pairs(["ac"])]))
    assert rows["a"][SIGNS.index("b")] == rows["a"][SIGNS.index("c")] == 1.0


def test_the_table_is_written_from_files_of_words(tmp_path):
    (tmp_path / "words").write_text("abc\nDéjà\n", "utf-8")
    main([tmp_path / "words"], tmp_path / "made.toml")
    made = (tmp_path / "made.toml").read_text("utf-8")
    assert made == table([["abc", "Déjà"]])
    assert set(tomllib.loads(made)) == set(SIGNS)


def test_the_shipped_table_was_made_by_this_script():
    """It says so, and has a number for each pair."""
    text = LETTERS.read_text("utf-8")
    assert "appliance/data/letters.py" in text
    rows = tomllib.loads(text)
    assert list(rows) == list(SIGNS)
    assert all(len(row) == len(SIGNS) and min(row) > 0 for row in rows.values())
