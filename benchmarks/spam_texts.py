"""What machines send again and again, and what people might write, for benchmarks/spam.py."""

import random

ADVERTS = (
    (
        "Vay tiền nhanh trong ngày, không cần thế chấp, lãi suất thấp nhất, gọi ngay số này "
        "để nhận ưu đãi"
    ),
    (
        "Chuyên bán sim số đẹp, giao hàng toàn quốc, cam kết giá rẻ nhất, liên hệ để được tư "
        "vấn miễn phí"
    ),
    (
        "Nhận làm bằng cấp chứng chỉ các loại, bao kiểm tra, lấy ngay trong tuần, đặt cọc "
        "trước một nửa"
    ),
    (
        "Tham gia nhóm đầu tư sinh lời mỗi ngày, hoàn vốn sau một tháng, đã có hàng nghìn "
        "người thành công"
    ),
    "Thuốc gia truyền chữa dứt điểm đau xương khớp, không tác dụng phụ, giảm giá một nửa hôm nay",
    "Dịch vụ tăng tương tác mạng xã hội, uy tín, bảo hành trọn đời, khách hàng cũ được giảm thêm",
    (
        "Cần tuyển cộng tác viên làm việc tại nhà, thu nhập cao, không cần kinh nghiệm, trả "
        "lương theo ngày"
    ),
    (
        "Game bài đổi thưởng số một, nạp lần đầu tặng gấp đôi, rút tiền trong năm phút, đăng "
        "ký nhận thưởng"
    ),
)
OPENINGS = (
    "Kính gửi quý vị.",
    "Xin chào.",
    "Thông báo.",
    "Tin quan trọng.",
    "Chào bạn.",
)
SUBJECTS = (
    "điện trong xóm",
    "giá xăng ở cửa hàng",
    "hồ sơ khuyến công",
    "chợ trung tâm xã",
    "cụm công nghiệp",
    "giấy phép bán lẻ rượu",
    "hội chợ cuối năm",
    "an toàn thực phẩm",
    "máy sấy nông sản",
    "công tơ điện",
    "hàng giả ngoài chợ",
    "khí gas",
    "xuất khẩu dừa",
    "điện mặt trời mái nhà",
    "tiếng ồn xưởng cơ khí",
    "nước thải cơ sở sản xuất",
    "giờ tiếp công dân",
    "lớp thương mại điện tử",
    "phí chợ",
    "đường dây điện",
)
SITUATIONS = (
    "Gia đình tôi ở cuối ấp, ba đời làm nghề này.",
    "Tuần trước tôi có đến hỏi nhưng gặp ngày nghỉ.",
    "Bà con quanh đây ai cũng thắc mắc.",
    "Tôi đã đọc thông báo trên cổng mà chưa rõ.",
    "Mùa mưa năm nay việc này khó hơn.",
    "Con tôi đang học lớp chín, tối phải thắp đèn dầu.",
    "Cơ sở của tôi có năm lao động, phần lớn là người nhà.",
    "Năm ngoái xã có trả lời một lần rồi thôi.",
    "Hàng xóm của tôi cũng gặp cảnh tương tự.",
    "Tôi lớn tuổi, đi lại không tiện.",
    "Chỗ tôi sóng điện thoại yếu nên khó nộp qua mạng.",
    "Hợp tác xã mới lập được bốn tháng.",
    "Cửa hàng đối diện mở đến khuya.",
    "Xe tải chạy ban đêm làm nứt tường.",
    "Giá bán thấp hơn giá vốn hai nghìn một ký.",
    "Tôi có giữ hóa đơn và ảnh chụp.",
    "Đã ba lần tôi gọi mà không ai nghe máy.",
    "Chị em trong tổ muốn học thêm cách bán hàng.",
    "Kho lạnh gần nhất cách đây bốn mươi cây số.",
    "Cột điện nghiêng sát mái nhà trẻ.",
)
WHO = (
    "Tôi",
    "Gia đình tôi",
    "Tổ hợp tác của chúng tôi",
    "Cửa hàng nhà tôi",
    "Bà con xóm dưới",
    "Hội phụ nữ ấp",
    "Công ty chúng tôi",
    "Mấy anh em thợ mộc",
    "Cha mẹ tôi",
    "Nhóm bạn trẻ khởi nghiệp",
)
WHEN = (
    "từ đầu tháng trước",
    "sau bão số ba",
    "đúng hôm rằm",
    "lúc mới mở xưởng",
    "hồi cuối vụ lúa",
    "sáng thứ Hai vừa rồi",
    "khoảng giữa năm ngoái",
    "trong đợt nắng nóng",
    "mấy ngày giáp Tết",
    "kể từ khi sáp nhập xã",
)
DID = (
    "có nộp hồ sơ tại bộ phận một cửa",
    "thử gọi tổng đài mà máy bận",
    "mua phải bình ga không tem",
    "thấy dây điện võng xuống ruộng",
    "nhận được thông báo thu thêm tiền",
    "đăng ký gian hàng nhưng chưa được xếp",
    "muốn bán mật ong ra ngoài tỉnh",
    "phải tạm ngừng máy vì mất pha",
    "bị cân thiếu gần ba lạng",
    "nghe nói sắp dời chợ tạm",
)
WISHES = (
    "Xin cho biết cần nộp giấy tờ gì, ở đâu.",
    "Mong cơ quan cử người xuống xem.",
    "Đề nghị trả lời giúp trước vụ tới.",
    "Xin hướng dẫn cách đăng ký cho đúng.",
    "Mong được nghe ý kiến chính thức của Sở.",
    "Nếu không thuộc thẩm quyền xin chuyển giúp.",
    "Tôi xin cảm ơn cán bộ đã đọc.",
    "Mong sớm có lịch cụ thể cho dân biết.",
    "Xin công khai mức thu để bà con yên tâm.",
    "Đề nghị kiểm tra lại số liệu đã ghi.",
)


def advert(number: int) -> dict:
    """Return a machine's message, hardly changed from the other ones of its text."""
    chance = random.Random(number)  # noqa: S311 -- the same flood in every run
    body = f"{chance.choice(OPENINGS)} {ADVERTS[number % len(ADVERTS)]}"
    content = f"{body}: 09{chance.randrange(10**8):08}. {chance.choice(['Nhanh', 'Ngay', ''])}"
    return {"title": f"{ADVERTS[number % len(ADVERTS)][:40]} {number}", "content": content}


def letter(number: int) -> dict:
    """Return what a person might write; two are seldom much alike."""
    chance = random.Random(f"letter {number}")  # noqa: S311 -- likewise
    subject = chance.choice(SUBJECTS)
    told = [
        f"{chance.choice(WHO)} {chance.choice(DID)} {chance.choice(WHEN)}, {aside(chance)}."
        for _ in range(2)
    ]
    told.insert(chance.randrange(3), chance.choice(SITUATIONS))
    return {
        "title": f"Hỏi về {subject} ở {name(chance)}",
        "content": " ".join([*told, chance.choice(WISHES)]),
    }


def aside(chance: random.Random) -> str:
    """Return a remark about people and places, which are different in every letter."""
    return f"gần {name(chance)}, chỗ {name(chance)} rẽ vào {name(chance)}"


def name(chance: random.Random) -> str:
    begins, ends = "bcdghklmnprstvx", ("an", "inh", "ơn", "ương", "ê", "uân", "ai", "ông", "ích")
    return " ".join(chance.choice(begins) + chance.choice(ends) for _ in range(2)).title()
