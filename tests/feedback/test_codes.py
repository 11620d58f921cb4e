import pytest

from feedback import codes


def test_a_new_code_is_well_formed():
    assert all(codes.is_well_formed(codes.new()) for _ in range(200))


def test_codes_do_not_repeat():
    assert len({codes.new() for _ in range(2000)}) == 2000


def test_letters_that_are_misread_do_not_occur():
    assert not set("ILOU") & set("".join(codes.new() for _ in range(500)))


@pytest.mark.parametrize("place", range(codes.LENGTH))
def test_every_single_wrong_character_is_noticed(place):
    code = codes.new()
    for character in codes.ALPHABET.replace(code[place], ""):
        assert not codes.is_well_formed(code[:place] + character + code[place + 1 :])


def test_nearly_every_swap_of_neighbours_is_noticed():
    swaps = unnoticed = 0
    for code in (codes.new() for _ in range(300)):
        for place in range(codes.LENGTH - 1):
            swapped = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
            swaps += swapped != code
            unnoticed += swapped != code and codes.is_well_formed(swapped)
    assert unnoticed < swaps / 100


def test_case_spaces_and_misread_letters_are_forgiven():
    assert codes.normalize(" 7k-m2o 9xDi4 ") == "7KM209XD14"


def test_a_code_is_read_in_two_groups():
    assert codes.grouped("7KM209XD14") == "7KM20 9XD14"


@pytest.mark.parametrize(
    "written", ["7KM209XD14", "7KM20 9XD14", "7km2o-9xdl4", "7 K M 2 0 9 X D 1 4"]
)
def test_a_code_is_covered_however_it_is_written(written):
    assert codes.covered(f"Về mã {written}.", "7KM209XD14") == f"Về mã {codes.COVER}."


@pytest.mark.parametrize("written", ["7KM209XD15", "A7KM209XD14", "7KM209XD14Z", "7KM20"])
def test_what_is_not_the_code_stays(written):
    assert codes.covered(written, "7KM209XD14") == written
