"""The lists of the plan whose titles cells of returns are chosen from."""

from spp_desktop.edits.sources.source import NameList
from spp_desktop.plan.delivery import Status
from spp_desktop.plan.posts import Post
from spp_desktop.plan.priorities import Priority

POSTS = NameList(Post)
STATUSES = NameList(Status, asking="needs_reason")
PRIORITIES = NameList(Priority)
