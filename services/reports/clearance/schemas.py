"""What the steps of clearance are told."""

from pydantic import Field

from contracts.vocabulary import Body, Prose


class Comment(Body):
    """Why a text goes back."""

    comment: Prose = Field(examples=["The figures of the second section need a second source."])
