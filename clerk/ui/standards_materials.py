"""What the editor shows of a material and of the points a person looks at."""

from collections.abc import Mapping
from typing import Final

from clerk.ui import standards_codes as code
from clerk.ui import standards_sources as sources
from clerk.ui.standards_shape import (
    NO_CLAUSE,
    Lines,
    all_chosen,
    chosen,
    clause,
    coded,
    condition,
    flag,
    long_text,
    pairs_chosen,
    text,
    texts,
    whole,
    word,
    words,
)

_CODE: Final = text("code", "代码")


def _coded(choice: tuple[str, str]) -> Mapping[str, str]:
    return {"code": choice[0], "set": "P", "label": choice[1]}


def points(key: str, name: str) -> Lines:
    return Lines(
        key=key,
        name=name,
        title="text",
        elements=(
            text("text", "看什么，一句话", wide=True),
            _CODE,
            flag("for_chief", "决定前首席代表再看", otherwise=False),
            *clause(),
        ),
        fresh={"code": "POINT", "text": "", "basis": NO_CLAUSE},
    )


_PROMISE: Final = (
    text("promise.template", "承诺书范本"),
    word("promise.check_method", "事后核查", code.CHECK_METHODS),
    whole("promise.check_within_workdays", "几天内核查", "工作日"),
    flag("promise.agent_may", "代办人可以承诺", otherwise=True),
    long_text("promise.must_be_true", "承诺的内容"),
    text("promise.check", "怎样核查", wide=True),
    text("promise.public", "是否公开", wide=True),
    text("promise.excluded", "哪些人不能承诺", wide=True),
    *clause("promise.basis"),
)
REQUIREMENTS: Final = Lines(
    key="requirements",
    name="材料",
    title="name",
    elements=(
        text("name", "材料名称", wide=True),
        _CODE,
        coded("necessity", "材料必要性", code.NECESSITIES),
        flag("main", "主要材料"),
        coded("material_kind", "材料类型（种类）", code.MATERIAL_KINDS),
        coded("copy_kind", "材料类型（原件复印件）", code.COPY_KINDS),
        coded("form", "材料形式", code.MATERIAL_FORMS),
        whole("originals", "原件", "份"),
        whole("copies", "复印件", "份"),
        words("ways", "收取方式，先选的先用", code.GIVEN_WAYS),
        condition("when", "什么情形才要"),
        *clause(),
        coded("source", "来源渠道", code.MATERIAL_SOURCES),
        text("issuer", "出具单位"),
        text("where_to_get", "到哪里取得", wide=True),
        text("acceptance_standard", "受理标准", wide=True),
        text("fill_note", "填报须知", wide=True),
        whole("max_age_days", "出具不超过", "天"),
        whole("max_age_months", "出具不超过", "个月"),
        whole("min_validity_days", "有效期至少剩", "天"),
        chosen("valid_on", "有效到哪个日期", sources.days),
        whole("pages_at_least", "至少", "页"),
        whole("pages_at_most", "至多", "页"),
        words("file_formats", "收哪些格式的文件", code.FILE_FORMATS),
        word("signature_by", "谁签名", code.HOLDERS),
        texts("signers", "还要谁签名，一行一个"),
        texts("issuers", "只收谁出具的，一行一个全称"),
        all_chosen("not_needed_with", "有了哪份材料就不用交", sources.materials),
        flag("needs_seal", "要盖章", otherwise=False),
        text("page_format", "纸张规格"),
        flag("generated_from_form", "由申请表生成", otherwise=False),
        word("read_from_card", "读谁的身份证", code.HOLDERS),
        whole("deferral_workdays", "容缺后补期限", "工作日"),
        text("exemption", "免提交的理由"),
        word("shared_source", "共享数据的来源", code.SHARED_SOURCES),
        texts("shared_says", "共享数据要怎样说才算，一行一项：名称=值"),
        text("certificate.type_code", "电子证照类型代码"),
        text("certificate.type_name", "电子证照名称"),
        word("certificate.holder", "谁的证照", code.HOLDERS),
        pairs_chosen("certificate.fills", "证照带入哪些填写项", sources.filled_from_face),
        word("never_promised", "不适用告知承诺的原因", code.EXCLUSIONS),
        *_PROMISE,
    ),
    fresh={
        "code": "MATERIAL",
        "name": "",
        "necessity": _coded(code.NECESSITIES[0]),
        "material_kind": _coded(code.MATERIAL_KINDS[0]),
        "copy_kind": _coded(code.COPY_KINDS[0]),
        "form": _coded(code.MATERIAL_FORMS[2]),
        "originals": 1,
        "copies": 0,
        "source": _coded(code.MATERIAL_SOURCES[0]),
        "main": True,
        "ways": ["scan", "paper"],
        "basis": NO_CLAUSE,
    },
    below=points("review_points", "审查要点"),
)
