"""Routes that take what they name and nothing else: every address of every service is served by one.

Unknown query parameters, text that no database can hold, keys that stand twice in one JSON object
and numbers that are none are refused here, once, as problems (api.md 3 and 12).
"""

from collections.abc import Callable, Coroutine, Iterator
from functools import cached_property
from typing import Annotated, Any, get_origin
from urllib.parse import unquote_to_bytes

from fastapi import Request
from fastapi.dependencies.models import Dependant
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from pydantic import AfterValidator, BaseModel
from starlette.exceptions import HTTPException
from starlette.responses import Response

from chassis.errors import Invalid, NotFound
from chassis.jsontext import read_json
from chassis.problems import invalid_fields, problem_of_http
from chassis.shown import current_shown

Handler = Callable[[Request], Coroutine[Any, Any, Response]]
# Calendar programs add parameters of their own to an address (settled.md 5).
LENIENT = {"x-takes-any-query": True}
"""`openapi_extra` of a route that ignores query parameters it does not know."""


def _note(answer: Any) -> Any:
    if (shown := current_shown.get()) is not None:
        shown.read(answer)
    return answer


def noted(model: Any) -> Any:
    """`model` as the model of an answer: what is about to leave as one is noted for the audit trail."""
    return Annotated[model, AfterValidator(_note)]


class StrictRoute(APIRoute):
    """A route that refuses what it does not know before its endpoint runs; every refusal is a Problem."""

    def __init__(self, path: str, endpoint: Callable[..., Any], **options: Any) -> None:
        model = options.get("response_model")
        if isinstance(model, type) or get_origin(model) is not None:
            options["response_model"] = noted(model)
        super().__init__(path, endpoint, **options)

    def get_route_handler(self) -> Handler:
        """Wrap FastAPI's handler."""
        handle = super().get_route_handler()

        async def run(request: Request) -> Response:
            self._check_address(request)
            await self._read_json(request)
            await _check_form(request)
            try:
                return await handle(request)
            except RequestValidationError as error:
                raise invalid_fields(error) from error
            except HTTPException as error:
                raise problem_of_http(error) from error

        return run

    @cached_property
    def parameters(self) -> frozenset[str]:
        """The names of the query parameters this route knows."""
        return frozenset(_query_names(self.dependant))

    def _check_address(self, request: Request) -> None:
        """Invalid for unknown parameters and for NUL in a query, NotFound for NUL in a path."""
        if "\0" in request.scope["path"]:
            raise NotFound("address")
        query = request.scope["query_string"]
        if not query:
            return
        if b"\0" in unquote_to_bytes(query):
            raise Invalid("A query parameter holds a NUL character. Take it out.", _at("?"))
        lenient = (self.openapi_extra or {}).get("x-takes-any-query")
        if not lenient and request.query_params.keys() - self.parameters:
            raise Invalid(self._known(), _at("?", "holds a parameter that is not known here"))

    def _known(self) -> str:
        names = ", ".join(sorted(self.parameters))
        known = f"It takes: {names}." if names else "It takes none."
        return f"This address was asked with a query parameter it does not know. {known}"

    async def _read_json(self, request: Request) -> None:
        """Read the body strictly, so that FastAPI finds it read."""
        if self.body_field is None or not _is_json(request.headers.get("content-type", "")):
            return
        if raw := await request.body():
            request._json = await read_json(raw)


async def _check_form(request: Request) -> None:
    """Invalid for NUL in a form. Files in it (multipart) may hold any byte."""
    content_type = request.headers.get("content-type", "")
    if not content_type.startswith("application/x-www-form-urlencoded"):
        return
    if b"\0" in unquote_to_bytes(await request.body()):
        raise Invalid("A field of the form holds a NUL character. Take it out.", _at(""))


def _query_names(dependant: Dependant) -> Iterator[str]:
    """The parameters a function reads, and those of all it depends on; a model stands for its fields."""
    for each in dependant.query_params:
        model = each.field_info.annotation
        if isinstance(model, type) and issubclass(model, BaseModel):
            yield from (field.alias or name for name, field in model.model_fields.items())
        else:
            yield each.alias
    for inner in dependant.dependencies:
        yield from _query_names(inner)


def _is_json(content_type: str) -> bool:
    media_type = content_type.split(";", 1)[0].strip().lower()
    return media_type == "application/json" or media_type.endswith("+json")


def _at(pointer: str, detail: str = "holds a NUL character") -> list[dict[str, str]]:
    return [{"pointer": pointer, "detail": detail}]
