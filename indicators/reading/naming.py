"""Of which indicator a clause speaks: known names, noun phrases, places in their stead."""

from indicators.reading.atoms import Atom
from indicators.reading.company import is_of_others
from indicators.reading.drafts import Draft
from indicators.reading.figures import Figures
from indicators.reading.hedges import DENIED
from indicators.reading.onward import is_pointing, is_whole
from indicators.reading.phrases import (
    ACTORS,
    is_branch,
    is_noun_phrase,
    lead_words,
    narrows,
    phrase_end,
    ranked_place,
)
from indicators.reading.places import Place, is_below
from indicators.reading.segments import CONNECTORS, CONTRASTING, UP_DOWN, Segment
from indicators.reading.source import words
from indicators.reading.words import HEADS, MANNER

SHARE_OF = words("Tỷ trọng")
_CAUSES = {"do", "vì", "bởi"}
_OPENING = 1  # words before a place that opens a paragraph
_FAR = 30  # atoms of a phrase
_SHORT = 2  # words of a name that is also an everyday one
_PART = 4  # words of «nông, lâm nghiệp và thủy sản» before its comma


class Naming(Figures):
    """The part of the reader that meets names; the sentence at hand is set by its heir."""

    def _word(self, atom: Atom) -> None:
        segment = self.segment
        word = self.tokens[atom.start].word
        following = self.tokens[atom.end].word if atom.end < len(self.tokens) else ""
        self.is_within = self.is_within or (word == "trong" and following == "đó")
        if word == "và" and self._closes_told():
            self._new_segment()  # «Vĩnh Long (28,9%) và Đắk Lắk (28,3%)»
            return
        if segment.has_amount:
            if word in CONNECTORS or (word == "trong" and following in {"đó", "khi"}):
                self._new_segment(is_new_part=following == "đó")
                self.segment.words.append(atom.start)
            return
        upcoming = self.atoms[self.at + 1 : self.at + 2]
        if word == "và" and segment.verbs and upcoming and upcoming[0].kind == "kind":
            self._new_segment()  # «sẽ giảm dần và phấn đấu đạt dưới 6,2%»
            self.segment.is_lead_read = True
            return
        if segment.verbs and not segment.is_aside and word in _CAUSES:
            if self.draft is not None and self.draft.is_empty:
                self.draft = None  # «GTSXCN không đạt tiến độ là do khu vực … chỉ đạt 560 tỷ»
            self._new_segment()
            return
        if segment.verb in {"beyond", *DENIED} and (
            word in CONTRASTING or (word == "và" and self._changes_next())
        ):
            self._new_segment()  # «không đạt kế hoạch nhưng vẫn tăng 5%», «vượt … và tăng 5%»
            return
        if segment.verbs and word in {"như", "gồm"}:
            self._new_segment()  # «một số sản phẩm tăng mạnh như tôm đông lạnh tăng 19,8%»
            return
        is_after_estimate = segment.qualifiers == ["estimated"] and not segment.is_lead_read
        if not segment.verbs and (not segment.qualifiers or is_after_estimate):
            segment.words.append(atom.start)
        elif word not in MANNER and self.tokens[atom.start].kind == "word":
            segment.between += 1

    def _neutral(self, atom: Atom) -> None:
        """Go back from a district to the whole: «…; toàn tỉnh đạt 41.250 tỷ đồng»."""
        following = self.tokens[atom.end].word if atom.end < len(self.tokens) else ""
        segment = self.segment
        is_open = not (segment.has_subject or segment.verbs or segment.has_amount)
        is_head = self.tokens[atom.start].word == "hàng" and self._word_follows()
        if is_open and (following == "khác" or (is_head and not segment.words)):
            segment.words.extend(range(atom.start, atom.end))  # «hàng hóa khác»
            return
        if following == "này" and self.draft is not None and self.draft.is_empty:
            self.draft.place = self.context.named or self.draft.place  # «của địa phương này»
            return
        if is_open and is_whole(self.tokens, atom) and is_below(self.place):
            if is_below(self.context.place):
                self.context.place = None
            self.place, self.line_place = self.context.place, None
        draft = self.draft
        if draft is None or draft.is_empty or not draft.place or self.segment.has_amount:
            return
        if self.tokens[atom.start].word in {"toàn", "cả"} and (
            self.tokens[atom.end - 1].word != "nước"
        ):
            whole = draft.again(draft.period, self.context.kind)
            whole.place = None
            self.finish()
            self.draft = whole

    def _word_follows(self) -> bool:
        following = self.atoms[self.at + 1 : self.at + 2]
        return bool(following) and following[0].kind == "word"

    def _idle(self, atom: Atom) -> None:
        """A number that is no figure."""

    def _after(self, atom: Atom) -> None:
        if self.segment.has_amount and self.draft and self.draft.amount:
            self.draft.qualifier = atom.data

    def _place(self, atom: Atom) -> None:
        found = atom.data
        name = self._name_of(found, self.tokens)
        first = self._first_of_list(atom)
        if first is not None:  # «Phú Thọ và Đồng Nai», «huyện Cầu Kè, tỉnh Trà Vinh»
            name = self._joined(first, found, self.tokens[atom.end - 1].end)
        if self._is_behind(atom):
            self.segment.is_aside = True  # «(sau Hậu Giang 12,3%)»
            return
        if self._is_told_of(atom):
            self.draft.place = name
        if self.segment.has_amount:
            if self.draft is not None and self.draft.is_empty:
                self.draft.place = name  # «5 tỉnh có … cao nhất là Bắc Ninh (4,2 tỷ USD)»
            return
        if self.draft is not None and self.segment.has_subject and self.draft.is_empty:
            self.draft.place = self.context.named = name
            return
        if self.segment.verb in UP_DOWN and not self.segment.has_subject:
            self._new_segment()  # «giảm sâu có Bến Tre giảm 3,4%»
        if {"khi", "mà"} & {
            token.word for token in self.tokens[max(0, atom.start - 2) : atom.start]
        }:
            self.beside = self.place  # «trong khi cả nước tăng 5%; thu ngân sách …»
        self.place = self.context.named = name
        if self.sentence.is_line_start and atom.start <= _OPENING:
            self.line_place = self.place  # «Tại Hải Dương, …» holds for the paragraph
        self.segment.words.append(atom.start)

    def _joined(self, first: int, found: Place, end: int) -> str:
        """Return the names of a list of places; of «Quận 1, TP. Hồ Chí Minh» the first."""
        written = self.source.written(first, end)
        is_within = found.key and is_below(written)
        return written.split(",")[0] if is_within else written

    def _first_of_list(self, atom: Atom) -> int | None:
        """Return where the places joined with this one begin, None for a lone one."""
        first = None
        for before in reversed(self.atoms[: self.at]):
            if before.kind == "place":
                first = self.tokens[before.start].start
            elif self.tokens[before.start].word not in {",", "và"}:
                break
        return first

    def _turn_to_compared(self) -> None:
        """Tell of the country in the brackets of «So với cả nước (IIP tăng 8,4%), …»."""
        following = self.atoms[self.at + 1 : self.at + 2]
        span = self._compared_place()
        if span is None or self.segment.has_amount or not following:
            return
        if following[0].kind not in {"verb", "name"}:
            return
        first, end = span
        self.place = self.source.written(self.tokens[first].start, self.tokens[end - 1].end)
        self.segment.base = None
        if self.draft is not None and not self.draft.is_empty:
            self.draft = self.draft.again(self.draft.period, self.context.kind)
            self.draft.place = self.place

    def _name_of(self, found: Place, tokens) -> str | None:
        """Return a place as written, None for the article's own province."""
        if found.key and found.key == self.context.own:
            return None
        return self.source.written(tokens[found.start].start, tokens[found.end - 1].end)

    def _is_told_of(self, atom: Atom) -> bool:
        """«Với GRDP tăng 11,5%, Thanh Hóa là địa phương …»: whose the figure just told is."""
        draft, before = self.draft, self.tokens[atom.start - 1].word if atom.start else ""
        if draft is None or draft.is_empty or before != ",":
            return False
        if any(other.kind == "place" for other in self.atoms[: self.at]):
            return False
        following = [token.word for token in self.tokens[atom.end : atom.end + 2]]
        is_whose = following[:1] == ["là"] and following[1:] in (
            ["địa"], ["tỉnh"], ["thành"], ["một"],
        )  # fmt: skip
        return is_whose and self.tokens[0].word == "với" and bool(atom.data.key)

    def _is_behind(self, atom: Atom) -> bool:
        """«đứng thứ 3, sau Khánh Hòa và Bắc Giang»: named in passing."""
        before = self.tokens[max(0, atom.start - 6) : atom.start]
        return any(token.word == "sau" for token in before) and any(
            token.word in {"thứ", "hạng", "nhì", "hai", "ba"}
            for token in self.tokens[max(0, atom.start - 12) : atom.start]
        )

    def _name(self, atom: Atom) -> None:
        segment = self.segment
        if segment.has_amount:
            return  # what is counted, or the whole a share is of
        if segment.verb in {"beyond", "fail"}:
            return  # «vượt tốc độ tăng trưởng theo kế hoạch»
        if self._is_whole(atom):
            if not segment.is_lead_read:
                segment.words.extend(range(atom.start, atom.end))
            return
        match = atom.data
        if self._is_short_for(atom):
            self.draft.subjects = match.subjects
            return
        narrowed = narrows(self.tokens, self.atoms, self.at, segment.words) or is_of_others(
            self.tokens, atom.start, match.end
        )
        if match.end - atom.start == _SHORT and self.tokens[atom.start].word in {"xuất", "nhập"}:
            # «xuất khẩu» alone is the indicator only where nothing else stands before it.
            narrowed = narrowed or bool(lead_words(self.tokens, segment.words))
        draft = self.draft
        if (
            draft is not None
            and draft.is_empty
            and draft.subjects == match.subjects
            and (not draft.is_narrowed)
        ):
            draft.is_narrowed = narrowed
            if narrowed:
                self._show(atom.start, match.end)
            segment.has_subject = segment.is_lead_read = True
            return
        self._open(match.subjects, atom.start, self._closed(atom.start, match.end), narrowed)
        self.listed.append(self.draft)
        if narrowed:
            self._show(atom.start, match.end)
        if segment.verb in UP_DOWN and not segment.has_amount:
            self.draft.is_rate = True
        lead = {self.tokens[index].word for index in segment.words}
        if {"tốc", "độ"} <= lead or {"nhịp", "độ"} <= lead or {"mức", "tăng"} <= lead:
            self.draft.is_rate = True
        for token in self.tokens[atom.start : match.end]:
            if token.word in {"dự", "ước"}:
                segment.qualifiers.append("expected" if token.word == "dự" else "estimated")
        for number in match.numbers:
            self._number_within(number)

    def _is_whole(self, atom: Atom) -> bool:
        """«tỷ trọng kinh tế số trong GRDP», «đóng góp vào tăng trưởng»: what a share is of."""
        if not atom.start or self.tokens[atom.start - 1].word not in {"trong", "vào"}:
            return False
        is_open = self.draft is not None and self.draft.is_empty and self.segment.is_lead_read
        return is_open or bool(lead_words(self.tokens, self.segment.words))

    def _is_short_for(self, atom: Atom) -> bool:
        """«Chỉ số sản xuất (IIP)»: the brackets say which indicator a shortened name means."""
        around = [token.word for token in self.tokens[atom.start - 1 : atom.end + 1]]
        draft = self.draft
        if not atom.start or around[0] != "(" or around[-1] != ")" or draft is None:
            return False
        if draft.subjects or not draft.is_empty:
            return False
        if atom.start > 1 and self.tokens[atom.start - 2].word in {"với", "như"}:
            return True  # «dẫn đầu cả nước với (GRDP) ước đạt …»
        said = {token.word for token in words(self.source.plain[slice(*draft.words)])}
        names = [name for subject in atom.data.subjects for name in subject.names]
        return any(said <= {token.word for token in words(name)} for name in names)

    def _show(self, first: int, end: int) -> None:
        """Name the row by the whole phrase around the words from ``first`` to ``end``."""
        lead = lead_words(self.tokens, self.segment.words)
        joints = [at for at, index in enumerate(lead) if self.tokens[index].word == "với"]
        begin = min([*lead[joints[-1] + 1 if joints else 0 :], first])
        last = phrase_end(self.tokens, self.atoms[self.at + 1 :], end)
        self.draft.shown = self.tokens[begin].start, self.tokens[last - 1].end

    def _closed(self, first: int, end: int) -> int:
        """Return the index after a name with the bracket that closes it: «… (IIP)»."""
        marks = [token.word for token in self.tokens[first : end + 1]]
        return end + (marks.count("(") == 1 and marks[-1] == ")" and marks.count(")") == 1)

    def _number_within(self, index: int) -> None:
        """Take «900» of «thành lập mới 900 doanh nghiệp»."""
        inner = self.scanner.amount_at(self.tokens, index)
        if inner.data.unit is not None:
            self._amount(inner)

    def _open(self, subjects, first: int, end: int, narrowed: bool) -> None:
        self.finish()
        segment = self.segment
        start, stop = self.tokens[first].start, self.tokens[end - 1].end
        self.draft = Draft(
            subjects=subjects, words=(start, stop), start=start, end=stop, is_narrowed=narrowed,
            place=self.place, period=segment.period or self.local, kind=self.context.kind,
        )  # fmt: skip
        segment.has_subject = segment.is_lead_read = True
        self.draft.verdict = self.verdict
        self.draft.is_part = segment.in_brackets or self.is_within
        self.opened.append(self.draft)
        if subjects:
            self.header = self.draft

    def _read_lead(self) -> None:
        """Open a row for the words before the verb, if they name something."""
        segment = self.segment
        if segment.is_lead_read:
            return
        segment.is_lead_read = True
        places = self.places
        words = lead_words(self.tokens, segment.words, places)
        if not words:
            return
        if self.tokens[words[0]].word in ACTORS and not segment.in_brackets:
            if self.draft is not None and not self.draft.subjects:
                self.finish()
            return
        place = places.get(words[0])
        if place is None or len(words) > 1:
            ranked = ranked_place(self.tokens, words, places)
            place = places[ranked] if ranked is not None and self.header is not None else None
        if place is not None:
            self._open_place(place)
            return
        if not is_noun_phrase(self.tokens, words) or is_pointing(self.tokens, words):
            return
        if self._is_per_head(segment):
            return
        told = self.draft
        if told is not None and not told.is_empty and self._is_said_of(told, words):
            return
        joined: list[int] = []
        if self.before and words[0] == segment.words[0]:
            earlier = lead_words(self.tokens, self.before, places)
            is_part = len(earlier) <= _PART or (
                len(earlier) <= 3 * _PART and self.tokens[earlier[0]].word in HEADS
            )
            if earlier and is_part and is_noun_phrase(self.tokens, earlier):
                joined = earlier + words
        subjects = self._structure_subjects(joined)
        is_sum = bool(joined) and not subjects and is_branch(self.tokens, joined[: -len(words)])
        if is_sum or subjects or (joined and not self._structure_subjects(words)):
            words = joined
        if not is_sum:  # «Công nghiệp, xây dựng, dịch vụ chiếm 83,5%» is the share of neither
            subjects = subjects or self._structure_subjects(words)
        opened = self._named_just_before(words[0])
        self._open(subjects, words[0], words[-1] + 1, False)
        self.draft.is_branch = bool(subjects) and self.tokens[words[0]].word != "tỷ"
        last = phrase_end(
            self.tokens, self.atoms[max(0, self.at - _FAR) : self.at + 1], words[-1] + 1
        )
        begin = self.tokens[words[0]].start if opened is None else opened
        self.draft.shown = begin, self.tokens[last - 1].end
        if self.tokens[words[0]].word in {"tốc", "nhịp"}:
            self.draft.is_rate = True

    def _named_just_before(self, first: int) -> int | None:
        """Return where «giá trị sản xuất công nghiệp - xây dựng» begins, None for a lone name."""
        draft = self.draft
        if draft is None or not draft.is_empty or not draft.subjects or first < 2:
            return None
        is_joined = self.tokens[first - 1].word in {"-", ","}
        return draft.words[0] if is_joined and self.tokens[first - 2].end == draft.end else None

    def _is_per_head(self, segment: Segment) -> bool:
        """Read «GRDP tăng 6,5%, bình quân đầu người đạt …» as what both phrases name."""
        said = [index for index in segment.words if self.tokens[index].word not in {"tính", "và"}]
        phrase = [self.tokens[index] for index in said]
        if self.draft is None or [token.word for token in phrase[:2]] != ["bình", "quân"]:
            return False
        name = words(self.source.plain[slice(*self.draft.words)])
        match = self.names.at([*name, *phrase], 0)
        if match is None or match.end < len(name) + len(phrase):
            return False
        self._open(match.subjects, said[0], said[-1] + 1, False)
        return True

    def _open_place(self, place: Atom) -> None:
        header = self.header or self.draft
        if header is None:
            return
        self._open(header.subjects, place.start, place.end, header.is_narrowed)
        self.draft.words = header.words
        self.draft.is_listed = True
        self.header = header

    def _structure_subjects(self, words):
        """In «Cơ cấu kinh tế: công nghiệp, xây dựng …» a branch means its share."""
        if not self.context.is_structure:
            return ()
        branch = [self.tokens[index] for index in words]
        while branch and branch[0].word in {
            "khu",
            "vực",
            "ngành",
            "các",
            "lĩnh",
            "tỷ",
            "tỉ",
            "trọng",
        }:
            branch = branch[1:]
        if not branch:
            return ()
        match = self.names.at([*SHARE_OF, *branch], 0)
        return match.subjects if match is not None and match.end == len(branch) + 2 else ()
