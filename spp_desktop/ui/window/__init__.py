"""The window itself: its menus, its start page, and one open plan."""
