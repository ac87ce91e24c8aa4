"""Plans as their officers have them: the tables that the tests import."""

OWNERS = ("ACC Crime; ACC Ops / DCI", "ACC Crime", "Head of Communications", "ACC Security\nACC Crime")
HEADINGS = ["Ref", "Action", "Lead", "Start date", "By when", "RAG", "% complete", "Key milestones"]
PRIORITIES = ("Safer neighbourhoods", "Serious harm", "Confidence", "Making the most of resources")


def forty_rows() -> list[list[str]]:
    """Last year's plan: forty activities under four priorities, each a heading over the whole table."""
    rows = []
    for n in range(40):
        number, place = divmod(n, 10)
        if not place:
            rows.append([f"Priority {number + 1}: {PRIORITIES[number]}"])
        due = ("31/03/2009", "30 Sept 2008", "March 2009", "31.12.08")[n % 4]
        steps = "" if n % 5 else "Draft agreed by 30 June 2008\n• Published, 31 January 2009"
        rows.append([
            f"{number + 1}.{place + 51}", f"Do what was promised, part {n + 1}", OWNERS[n % 4], "1 April 2008", due,
            ("Green", "Amber", "On track", "")[n % 4], f"{n}%", steps,
        ])  # fmt: skip
    return rows
