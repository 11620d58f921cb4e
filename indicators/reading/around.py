"""Looking around the number at hand: what it is compared with, what follows it."""

from indicators.reading import units
from indicators.reading.atoms import Atom
from indicators.reading.comparisons import WHOLE, Base
from indicators.reading.drafts import HUNDRED
from indicators.reading.segments import CONNECTORS

_COMPARED = {"quân", "chung", "hơn", "với", "bằng"}


class Around:
    """The part of the reader that looks beyond the atom it stands at."""

    def _is_close(self) -> bool:
        """Say whether the number stands right behind its verb, qualifier or comparison."""
        before = self.atoms[self.at - 1] if self.at else None
        return before is not None and before.kind in {"verb", "qualifier", "base", "plan", "mark"}

    def _reach(self, atom: Atom) -> None:
        if self.draft is not None:
            self.draft.reach(self.tokens[atom.end - 1].end)

    def _is_compared(self) -> bool:
        """«gấp 3,38 lần năm 2015», «bằng 108% năm 2022»: the year is what is compared with."""
        amount = self.atoms[self.at].data
        if self.atoms[self.at].kind == "factor":
            return True
        if self.draft is None:
            return False
        if amount.unit is None or amount.unit.dimension not in {"lần", "%"}:
            return False
        if amount.unit.dimension == "lần":
            return True
        value = amount.number.value
        return (
            self.segment.verb == "reach" and value is not None and value > HUNDRED / 2
            and not any(
                units.same_kind(amount.unit, subject.unit) for subject in self.draft.subjects
            )
        )  # fmt: skip

    def _compared_place(self) -> tuple[int, int] | None:
        """Return where the country stands in «so với cả nước (», «cao hơn bình quân cả nước (»."""
        base = self.segment.base
        if base is not None and base.place is not None:
            return base.place
        end = self.atoms[self.at].start
        words = [token.word for token in self.tokens[max(0, end - 4) : end]]
        before = [word for word in words[:-2] if word != "của"]
        is_compared = tuple(words[-2:]) in WHOLE and before[-1:] and before[-1] in _COMPARED
        return (end - 2, end) if is_compared else None

    def _goes_on(self) -> bool:
        """Say whether «lên …» follows «từ …»."""
        for atom in self.atoms[self.at + 1 : self.at + 9]:
            if atom.kind == "verb" and atom.data in {"to", "reach"}:
                return True
            if atom.kind == "mark" and atom.data in {";", "."}:
                return False
        return False

    def _base_after(self) -> Base | None:
        """Return the comparison that follows the number at hand, also within brackets."""
        words = 0
        for position in range(self.at + 1, min(self.at + 6, len(self.atoms))):
            atom = self.atoms[position]
            if atom.kind == "base":
                self.consumed.add(position)
                self._reach(atom)
                return atom.data
            if atom.kind == "plan":
                self.consumed.add(position)
                self._reach(atom)
                return Base("plan", None, "")
            if atom.kind == "period" and position == self.at + 1 and self._is_compared():
                self.consumed.add(position)
                return Base(
                    "period",
                    atom.data,
                    " ".join(token.word for token in self.tokens[atom.start : atom.end]),
                )
            if atom.kind == "mark" and atom.data == "(":
                inside = [other.kind for other in self.atoms[position + 1 : position + 3]]
                if inside == ["base", "mark"]:
                    continue
                return None
            if (
                atom.kind == "word"
                and words < 3
                and self.tokens[atom.start].word not in {*CONNECTORS, "/"}
            ):
                words += 1
                continue
            if atom.kind in {"after", "neutral"}:
                continue
            return None
        return None
