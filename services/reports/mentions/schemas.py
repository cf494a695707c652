"""Mentions as they go out."""

from datetime import datetime

from pydantic import BaseModel, Field


class SourceMentions(BaseModel):
    """The articles of one news source."""

    source: str
    articles: int
    confidence: int = Field(description="Percent: how sure the machine was, where it was surest, that the article is about it.")
    first_at: datetime
    last_at: datetime


class MentionsOut(BaseModel):
    """How widely a lead was told in the news. News repeats news: this is no independent corroboration, and no grade follows from it."""

    articles: int
    sources: int
    confidence: int | None = Field(description="The highest in percent; null where no article mentions it.")
    first_at: datetime | None
    last_at: datetime | None
    by_source: list[SourceMentions] = Field(description="Most articles first, at most 200 sources.")
