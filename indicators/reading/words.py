"""The vocabulary of reports, as data: which words say what."""

from collections.abc import Sequence

from indicators.reading.source import Token


def _usual(word: str) -> str:
    return {"tỉ": "tỷ", "kì": "kỳ", "luỹ": "lũy"}.get(word, word)


class Phrases:
    """Phrases with a meaning each; the longest that begins at a place is found."""

    def __init__(self, meanings: dict[str, str]):
        self._by_first: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for meaning, spellings in meanings.items():
            for spelling in spellings.split("|"):
                phrase = tuple(_usual(word) for word in spelling.split())
                self._by_first.setdefault(phrase[0], []).append((phrase, meaning))
        for phrases in self._by_first.values():
            phrases.sort(key=lambda entry: -len(entry[0]))

    def at(self, tokens: Sequence[Token], index: int) -> tuple[str, int] | None:
        """Return the meaning of the phrase that begins at ``index``, and the index after it."""
        for phrase, meaning in self._by_first.get(tokens[index].word, ()):
            end = index + len(phrase)
            if end <= len(tokens) and all(
                token.word == word for token, word in zip(tokens[index:end], phrase, strict=True)
            ):
                return meaning, end
        return None


# Before a number: how it is meant. Bounds say more than «ước» and «dự kiến» and win over them.
QUALIFIERS = Phrases(
    {
        "estimated": "ước tính khoảng|ước tính|ước thực hiện|dự ước|ước",
        "expected": "dự kiến|phấn đấu|kỳ vọng|dự báo|ước phấn đấu|đặt mục tiêu",
        "over": "vượt mốc|vượt mức|vượt ngưỡng|cán mốc|trên|hơn|>|vượt con số",
        "nearly": "gần bằng|gần|ngót|sát mốc|tiệm cận",
        "about": "vào khoảng|khoảng|xấp xỉ|chừng|~|≈|tương đối",
        "at_least": "tối thiểu|ít nhất|không thấp hơn|không dưới|>=|> =|≥|đạt từ|từ mức|"
        "không ít hơn",
        "at_most": "không vượt quá|không quá|không cao hơn|tối đa|dưới|nhiều nhất|<=|< =|≤|<|"
        "không hơn",
    }
)
AFTER_NUMBER = Phrases({"at_least": "trở lên", "at_most": "trở xuống"})
BOUNDS = {"over", "nearly", "about", "at_least", "at_most"}

# What is said of a number. The words between («tăng khá, ở mức») are in MANNER.
VERBS = Phrases(
    {
        "up": "tăng trưởng|tăng thêm|tăng cao|tăng mạnh|tăng|tăng nhẹ|cao hơn|nhiều hơn|lớn hơn|"
        "nhanh hơn",
        "down": "tụt giảm|sụt giảm|suy giảm|giảm sút|giảm nhẹ|giảm sâu|giảm mạnh|giảm|thấp hơn|"
        "ít hơn|"
        "kém hơn|tụt|sụt|hụt|còn thiếu|thiếu hụt|thiếu",
        "reach": "đạt được|đạt mức|đạt tỷ lệ|đạt|còn lại|còn|bằng|ở mức|lên đến|"
        "lên tới|lên mức|tăng lên|tăng lên mức|tăng lên thành|nâng lên|xuống còn|xuống|giảm còn|"
        "giảm xuống còn|giảm xuống|thực hiện được|giải ngân được|thu được|rơi vào|cán đích|"
        "tăng đạt|chỉ bằng|chỉ đạt|mới đạt|giữ ở mức|giữ mức|đều đạt|cũng đạt|dừng ở mức|"
        "thu hút được|huy động được|đón được|tương ứng với",
        # Verbs only right before a number: elsewhere they are nouns, or lead to a name.
        "reach_here": "là|có|với|gồm|hoàn thành|thực hiện|ghi nhận|duy trì|nâng tổng số|thu hút|"
        "cấp mới|cấp|phát triển mới|phát triển|thành lập mới|đón|phục vụ|tiếp đón|huy động|"
        "kiểm tra|xử lý|bình quân|giải quyết|đầu tư|phát hiện|được|tạo việc làm cho|"
        "giải quyết việc làm cho",
        "beyond": "vượt hơn|vượt xa|vượt",
        "fail": "không đạt|chưa đạt|không hoàn thành|chưa hoàn thành|không đạt được|chưa đạt được",
        "contribute": "đóng góp vào|đóng góp thêm|đóng góp|làm giảm|làm tăng",
        "share": "chiếm tỷ trọng cao nhất|chiếm tỷ trọng lớn nhất|chiếm tỷ trọng|chiếm tỉ trọng|"
        "chiếm tỷ lệ|chiếm tỉ lệ|chiếm|có tỷ trọng|"
        "tỷ trọng chiếm|chiếm khoảng",
        "times": "tăng gấp|cao gấp|gấp|bằng gấp|tăng lên gấp|nhiều gấp|lớn gấp",
        "equal": "tương đương với cùng kỳ|tương đương so với cùng kỳ|tương đương cùng kỳ|"
        "bằng với cùng kỳ|bằng so với cùng kỳ|bằng cùng kỳ|ngang bằng cùng kỳ|ngang cùng kỳ|"
        "ngang bằng với cùng kỳ|ngang với cùng kỳ|xấp xỉ cùng kỳ|xấp xỉ bằng cùng kỳ|đi ngang|"
        "không tăng không giảm|tương đương ck|tương đương với ck|bằng ck|"
        "giữ nguyên so với cùng kỳ|không đổi so với cùng kỳ|"
        "tương đương năm trước|bằng năm trước|tương đương với năm trước|"
        "không thay đổi so với cùng kỳ|"
        "tương đương so cùng kỳ|bằng so cùng kỳ|gần bằng cùng kỳ|tương đương mức cùng kỳ|"
        "bằng mức cùng kỳ",
        "same_worth": "tương đương với|tương đương|tương ứng|quy đổi|tức|hay",
        "from": "từ",
        "to": "lên tới|lên đến|lên",
        "raise": "đưa|nâng",
        "respectively": "lần lượt là|lần lượt đạt|lần lượt|tương ứng là|theo thứ tự",
    }
)

# Words that stand between a verb and its number, or beside an indicator's name, and narrow nothing.
MANNER = frozenset(
    "khá cao nhẹ mạnh nhanh thêm ở mức tới đến bình quân trưởng là thấp tốt ổn định rõ rệt nét "
    "hằng hàng mỗi cũng đều vẫn tiếp tục đã đang sẽ được chỉ mới lại còn nhưng tuy bị có sự đà "
    "con số hai chữ cực tích liên giữ duy trì đáng kể cụ thể ấn tượng khoảng chung nhất so với "
    "toàn ngành rất hơn trong đó thì mà nên do đó khi vào lên xuống về đạt trên cả tính từ đầu "
    "hiện nay tại thời điểm này kết quả kể không chưa phục hồi đảo chiều trở dần lũy kế luỹ cộng "
    "dồn thực hiện ra hết tích cực bứt phá đột biến kỷ lục vượt bậc khởi sắc sôi động dự ước "
    "những nhiều chiều hướng xu lượng vọt tương đối cao nhất gần khó thể hề".split()
)

PLAN = Phrases(
    {
        "plan": "kế hoạch|kh|dự toán|chỉ tiêu kế hoạch|chỉ tiêu|nghị quyết|mục tiêu|kịch bản|nq|"
        "kịch bản tăng trưởng|"
        "kế hoạch vốn|dt|kế hoạch thu|kế hoạch chi|mục tiêu kế hoạch|chỉ tiêu nghị quyết|"
        "dự toán thu|dự toán chi|pháp lệnh|chỉ tiêu phấn đấu|kế họach|số kế hoạch|"
        "tốc độ tăng trưởng theo kế hoạch|so kế hoạch"
    }
)
PLAN_TAIL = frozenset(
    "năm cả đề ra đầu giao được tỉnh hđnd ubnd trung ương tw của chính phủ nghị quyết bộ tài hội "
    "đồng nhân dân thành phố đã đặt xây dựng phấn đấu sở đảng ủy thủ tướng trung hạn pháp lệnh "
    "công thương địa phương tháng quý vốn theo tp hđ dự toán kế hoạch kh từ bổ sung "
    "điều chỉnh nq kịch bản toàn ngành".split()
)

# What turns the following figures into targets, or back into results.
KINDS = Phrases(
    {
        "target": "phấn đấu|đặt mục tiêu|đặt ra mục tiêu|đề ra mục tiêu|mục tiêu|đặt chỉ tiêu|"
        "đề ra chỉ tiêu|đề ra các chỉ tiêu|đặt ra các chỉ tiêu|đề ra các mục tiêu|đặt kế hoạch|"
        "chỉ tiêu phấn đấu|giao chỉ tiêu|xây dựng kế hoạch|kỳ vọng|phải đạt|cần đạt|"
        "đề ra kế hoạch|"
        "đề ra một số chỉ tiêu|quyết tâm đạt|quyết tâm đưa|đặt ra chỉ tiêu|đặt ra một số chỉ tiêu|"
        "đặt ra các mục tiêu|chỉ tiêu chủ yếu đề ra|chỉ tiêu chủ yếu được đề ra|"
        "phương hướng|hướng tới mục tiêu|phấn đấu đạt|trong năm tới|năm tới",
        "result": "kết quả thực hiện|kết quả đạt được|kết quả|đã đạt|đã hoàn thành|"
        "thực hiện các chỉ tiêu|các chỉ tiêu đạt|chỉ tiêu đạt|đạt kết quả|phát biểu|"
        "nhìn lại|thực hiện mục tiêu|theo số liệu|thực hiện được|tình hình|"
        "trên thực tế|thực tế|qua đánh giá",
    }
)
# Before «mục tiêu», «chỉ tiêu»: a plan that is compared with, not one that is set.
NOT_SETTING = frozenset(
    "vượt với so đạt hoàn thành thực hiện bằng % hiện theo trăm được trong nhiều các hầu".split()
)

# Words that lead to an indicator and are no part of its name.
LEADING = frozenset(
    "trong đó riêng còn như cụ thể theo cùng với đặc biệt tiếp đến đã có là tổng gồm bao về đối "
    "vì vậy qua nhờ do bên cạnh ngoài ra cũng và nhưng tuy nhiên mặc dù khi thì mà vẫn tiếp tục "
    "được sẽ hiện nay đến tính chung lũy kế riêng hay hoặc khoảng từ tại ở trên một số các những "
    "cho bởi cả đều chủ yếu nổi bật đáng chú ý tương tự ngược lại hết sau này nên đưa nâng làm "
    "góp phần giúp ước dự kiến này kia phấn đấu chỉ nhất lần lượt đồng thời thực hiện lại đang "
    "bình quân mỗi thêm giữ mức lũy cộng dồn kế năm tháng quý đầu "
    "ít khác tiên lần thứ liên tiếp sang bước".split()
)
# After a name: they narrow nothing.
NEUTRAL_AFTER = Phrases(
    {
        "neutral": "của tỉnh|của toàn tỉnh|toàn tỉnh|trên địa bàn toàn tỉnh|trên địa bàn tỉnh|"
        "của tỉnh ta|trên địa bàn thành phố|"
        "trên địa bàn|của thành phố|toàn thành phố|của địa phương|"
        "của ngành|toàn ngành công nghiệp|trong kỳ|tỉnh|tỉnh ta|của cả tỉnh|toàn ngành|cả nước|"
        "của cả nước|"
        "bình quân chung|các loại|hàng hóa|hàng hoá|năm nay|cả tỉnh|của tp|thành phố|"
        "trong tỉnh|ở địa phương|tại địa phương|chung|nói chung|tp"
    }
)
# Within brackets after a name: «(trừ dầu thô)».
EXCEPT = frozenset("trừ loại không chưa kể riêng".split())

HEADS = frozenset(
    "ngành nhóm sản lượng giá trị doanh thu tổng số tỷ tỉ lệ kim ngạch thu chi vốn khu vực lĩnh "
    "chỉ diện tích lượng khách dư nợ nguồn dịch vụ bán lẻ xuất nhập công nông lâm thủy mặt hàng "
    "sản cung chế".split()
)

PROVINCES = """
an giang|bà rịa vũng tàu|bà rịa - vũng tàu|bắc giang|bắc kạn|bạc liêu|bắc ninh|bến tre|bình định|
bình dương|bình phước|bình thuận|cà mau|cần thơ|cao bằng|đà nẵng|đắk lắk|đắk nông|đăk lăk|đăk nông|
điện biên|đồng nai|đồng tháp|gia lai|hà giang|hà nam|hà nội|hà tĩnh|hải dương|hải phòng|hậu giang|
hòa bình|hưng yên|khánh hòa|kiên giang|kon tum|lai châu|lâm đồng|lạng sơn|lào cai|long an|nam định|
nghệ an|ninh bình|ninh thuận|phú thọ|phú yên|quảng bình|quảng nam|quảng ngãi|quảng ninh|quảng trị|
sóc trăng|sơn la|tây ninh|thái bình|thái nguyên|thanh hóa|thừa thiên huế|thừa thiên - huế|huế|
tiền giang|trà vinh|tuyên quang|vĩnh long|vĩnh phúc|yên bái|thủ đô|thủ đô hà nội|hồ chí minh|tp hcm|
tphcm|hcm
""".replace("\n", "")
