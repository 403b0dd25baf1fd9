"""网站域名不规范

检查内容
    首页最终所在的域名是否以“.gov.cn”或“.政务”为后缀。
依据
    《政府网站发展指引》及国办函〔2018〕55号：政府网站使用以“.gov.cn”为后缀的英文域名和“.政务”中文域名，不得使用其他后缀。
判定
    pass 首页所在域名后缀规范。
    fail 登记网址和首页所在域名的后缀都不规范。
    inconclusive 登记的是规范域名，却跳转到其他后缀的域名，须人工核对；或者登记库中没有该网站；
        主办单位可能是没有行政职能的事业单位，或者党委、人大、政协、司法机关和群团组织。
    na 登记状态为关停、迁移或临时下线。
证据
    登记网址和首页最终所在的地址。
易误判
    没有行政职能的事业单位不应使用“.gov.cn”；登记库以外的网址不一定是政府网站；域名被盗用后的跳转。
整改建议
    申请并启用以“.gov.cn”为后缀的域名，变更备案和登记信息，停用原域名。
"""

from rules.divisions import may_use_other_domains
from rules.domains import is_government, suffix_of
from rules.evidence import quote
from rules.rule import Need, SiteRule, View
from rules.verdict import Judgement, failed, passed, undecided


def judge(view: View) -> Judgement:
    """Judge the suffix of the host that served the homepage."""
    host = view.final_host
    proof = quote(view.home, view.home.final_url, "首页地址")
    if is_government(host):
        return passed("suffix_right", f"首页域名为{host}", proof)
    if view.registered is None:
        return undecided("not_registered", f"首页域名为{host}，登记库中没有该网站，不能认定为政府网站", proof)
    if is_government(view.registered.host):
        return undecided("leaves_domain", f"登记域名{view.registered.host}跳转到{host}，须人工核对", proof)
    if may_use_other_domains(view.registered):
        reason = f"首页域名为{host}；主办单位可能没有行政职能，或者不是行政机关，不一定使用政府域名，须人工核对"
        return undecided("may_be_no_authority", reason, proof)
    return failed("suffix_wrong", f"首页域名为{host}", proof, suffix=suffix_of(host))


RULE = SiteRule(version=3, needs=(Need.HOME, Need.ROW_IF_ANY), judge=judge)
