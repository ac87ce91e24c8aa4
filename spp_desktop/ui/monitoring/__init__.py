"""How delivery is monitored on screen: reporting periods, what is said of an activity for one, and its sign-off."""
