"""Coded reasons of the engine, and the Chinese sentences for why a visit saw no content."""

from enum import StrEnum

from crawler.snapshot import Reach, ReachReason


class EngineReason(StrEnum):
    """Reasons that the engine gives by itself, the same for every rule."""

    SITE_CLOSED = "site_closed"
    SITE_MIGRATED = "site_migrated"
    SITE_OFFLINE = "site_offline"
    OFFLINE_OVERDUE = "offline_overdue"
    NO_PUBLIC_SERVICES = "no_public_services"
    REACH_DOWN = "reach_down"
    REACH_BLOCKED = "reach_blocked"
    REACH_UNCLEAR = "reach_unclear"
    NOTICE_MAINTENANCE = "notice_maintenance"
    NOTICE_MOVED = "notice_moved"
    NOTICE_CLOSED = "notice_closed"
    NOTICE_OFFLINE = "notice_offline"
    NOT_SEEN = "not_seen"
    NEEDS_BROWSER = "needs_browser"
    """Only a browser could have shown it, and there is none."""
    NOT_REGISTERED = "not_registered"
    COVERAGE_LOW = "coverage_low"
    RULE_ERROR = "rule_error"
    NEEDS_SCAN = "needs_scan"
    SECOND_LOOK_DUE = "second_look_due"
    SECOND_LOOK_UNSEEN = "second_look_unseen"
    LOOKS_DISAGREE = "looks_disagree"


REACH_REASONS = {
    Reach.DOWN: EngineReason.REACH_DOWN,
    Reach.BLOCKED: EngineReason.REACH_BLOCKED,
    Reach.UNCLEAR: EngineReason.REACH_UNCLEAR,
}

NOTICE_REASONS = {
    ReachReason.MAINTENANCE: EngineReason.NOTICE_MAINTENANCE,
    ReachReason.MOVED: EngineReason.NOTICE_MOVED,
    ReachReason.CLOSED: EngineReason.NOTICE_CLOSED,
    ReachReason.OFFLINE: EngineReason.NOTICE_OFFLINE,
}
"""A notice in place of the site: what the registry ought to say of it differs by what the notice says (standards.md section 8)."""

BROWSER_WANTED = "须用浏览器打开才能看到，而本机没有可用的浏览器（安装方法见“xuncha doctor”）"
"""Said of what exists only through scripts."""

REACH_SENTENCES = {
    ReachReason.DNS: "域名未能解析",
    ReachReason.CONNECT: "未能建立连接",
    ReachReason.TLS: "加密连接失败",
    ReachReason.TIMEOUT: "首页超时未打开",
    ReachReason.RESET: "连接中断",
    ReachReason.PROTOCOL: "应答不符合HTTP协议",
    ReachReason.TOO_LARGE: "首页超过读取上限",
    ReachReason.DECODE: "首页内容无法解码",
    ReachReason.ROBOTS: "robots协议不允许访问",
    ReachReason.GUARD: "地址属于内部网络，未予访问",
    ReachReason.REDIRECT_LOOP: "首页循环跳转",
    ReachReason.BAD_URL: "首页网址无效",
    ReachReason.BUDGET: "在规定的时间或请求数内未能读到首页",
    ReachReason.HTTP_4XX: "首页返回4xx状态",
    ReachReason.HTTP_5XX: "首页返回5xx状态",
    ReachReason.FORBIDDEN: "访问被拒绝",
    ReachReason.CHALLENGE: "访问被安全防护拦截",
    ReachReason.LOGIN: "首页要求登录",
    ReachReason.EMPTY: "首页没有内容",
    ReachReason.NOT_HTML: "首页不是网页",
    ReachReason.SOFT_404: "首页显示页面不存在",
    ReachReason.SCRIPT_ONLY: "首页内容全部由脚本生成",
    ReachReason.MAINTENANCE: "首页为维护提示页",
    ReachReason.MOVED: "首页为迁移提示页",
    ReachReason.CLOSED: "首页为关停提示页",
    ReachReason.OFFLINE: "首页为临时下线提示页",
    ReachReason.SPAM: "首页被注入无关内容",
    ReachReason.CRAWLER_ERROR: "本程序自身出错",
}
