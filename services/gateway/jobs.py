"""What the gateway does by itself: it sends webhooks, forgets the revoked, counts refusals, and
watches over the audit trails."""

from fastapi import FastAPI

from chassis.runner import Reader, Task

SEND_SECONDS, FORGET_SECONDS, COUNT_SECONDS, WATCH_SECONDS = 30.0, 3600.0, 60.0, 60.0
# One look for many deliveries that ended, or were queued, at the same time.
REST_SECONDS = 0.05


def background(app: FastAPI) -> list[Task | Reader]:
    """Each process sends: a delivery is claimed by a lease (webhooks.queries.lock_due)."""
    state = app.state

    async def forget_the_revoked() -> None:
        state.doorkeeper.forget()

    return [
        Task(
            name="webhooks",
            work=state.sender.send_due,
            close=state.sender.close,
            every=SEND_SECONDS,
            wake_on="webhooks",
            rest=REST_SECONDS,
        ),
        # A revocation in any process of the gateway reaches all of them through the database.
        Task(
            name="revoked clients",
            work=forget_the_revoked,
            every=FORGET_SECONDS,
            wake_on="clients",
        ),
        Task(
            name="counted refusals",
            work=state.refusals.flush,
            close=state.refusals.flush,
            every=COUNT_SECONDS,
        ),
        Task(name="watch over audit trails", work=state.watch.look, every=WATCH_SECONDS),
        Reader(name="pool of the hop", run=state.hop.run),
    ]
