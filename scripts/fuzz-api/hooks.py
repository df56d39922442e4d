"""What the document says in words, or leaves to another specification, said to schemathesis in schemas."""

import schemathesis

NOT_CONFIGURED = "/problems/not-configured"


@schemathesis.hook
def before_load_schema(context, raw_schema):
    components = raw_schema.get("components", {}).get("schemas", {})
    for operation in operations_of(raw_schema):
        for media_type, body in operation.get("requestBody", {}).get("content", {}).items():
            loosen(body.get("schema", {}), media_type, components, set())
        for response in operation["responses"].values():
            # OpenAPI 3.1 describes the stream as a whole; schemathesis compares single events with that.
            response.get("content", {}).get("text/event-stream", {}).pop("schema", None)


@schemathesis.check
def unavailable_for_want_of_a_setting(context, response, case):
    """A 503 is an answer only when it names the setting that is missing."""
    if response.status_code == 503:
        assert response.json().get("type") == NOT_CONFIGURED, "unavailable, though nothing is missing"


def operations_of(document):
    for path in document["paths"].values():
        for method, operation in path.items():
            if isinstance(operation, dict) and "responses" in operation:
                yield operation


def loosen(schema, media_type, components, seen):
    """In JSON null, and in forms an empty value, stand for an optional field that is absent."""
    if "$ref" in schema:
        name = schema["$ref"].rsplit("/", 1)[-1]
        if name not in seen:
            seen.add(name)
            loosen(components[name], media_type, components, seen)
        return
    if "items" in schema:
        loosen(schema["items"], media_type, components, seen)
    required = schema.get("required", [])
    absent = {"const": ""} if media_type.startswith("multipart/") else {"type": "null"}
    for name, field in list(schema.get("properties", {}).items()):
        loosen(field, media_type, components, seen)
        if name not in required and absent not in field.get("anyOf", []):
            schema["properties"][name] = {"anyOf": [field, absent]}
