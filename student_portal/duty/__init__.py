"""When the service works, who is there, and what a named person must do by when.

Journey: a verb elsewhere raises a task; its owner, or the team while nobody is named, finishes it. Due times
count working time, so that Friday evening is not Monday's lateness. The rota says who is away, who stands in.
Users: every member of staff, through the pages of other rooms. Hazards: H01, H18, H22.
"""
