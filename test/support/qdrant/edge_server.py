"""Qdrant's own engine behind the endpoints that the service uses.

    pip install qdrant-edge-py==0.9.0
    python test/support/qdrant/edge_server.py 6333
    QDRANT_TEST_URL=http://127.0.0.1:6333 npm test -- test/integration/qdrant

`qdrant-edge-py` is the engine of the server (segments, payload indexes, filters, HNSW) as a library. What is not in it
is not tested by it: the HTTP layer, shards, replicas.
"""

import json
import sys
import tempfile
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from uuid import UUID

import qdrant_edge as edge


class NotFound(Exception):
    pass


class Exists(Exception):
    pass


def condition(body):
    if "has_id" in body:
        return edge.HasIdCondition({UUID(point) for point in body["has_id"]})
    if "nested" in body:
        return edge.NestedCondition(body["nested"]["key"], filter_of(body["nested"]["filter"]))
    if "match" in body:
        match = body["match"]
        if "any" in match:
            return edge.FieldCondition(body["key"], match=edge.MatchAny(match["any"]))
        return edge.FieldCondition(body["key"], match=edge.MatchValue(match["value"]))
    if "range" in body:
        return edge.FieldCondition(body["key"], range=edge.RangeFloat(**body["range"]))
    return filter_of(body)


def filter_of(body):
    if body is None:
        return None
    parts = {name: [condition(part) for part in body[name]] for name in ("must", "should", "must_not") if name in body}
    return edge.Filter(**parts)


def vector_of(body):
    return edge.SparseVector(body["indices"], body["values"]) if isinstance(body, dict) else body


def selector(body, default):
    if body is None:
        return default
    if isinstance(body, dict):
        return edge.PayloadSelector.Include(body["include"]) if "include" in body else edge.PayloadSelector.Exclude(body["exclude"])
    return body


def schema_of(body):
    kinds = {"keyword": edge.KeywordIndexParams, "integer": edge.IntegerIndexParams, "bool": edge.BoolIndexParams}
    return kinds[body["type"]](**{name: value for name, value in body.items() if name != "type"})


def shown(point, with_score=False, with_vector=False):
    answer = {"id": str(point.id), "payload": point.payload}
    if with_vector:
        answer["vector"] = {name: value for name, value in point.vector.items() if isinstance(value, list)}
    if with_score:
        answer.update(score=point.score, version=0)
    return answer


class Collection:
    def __init__(self, body):
        vectors = {
            name: edge.EdgeVectorParams(size=params["size"], distance=edge.Distance.Cosine)
            for name, params in body["vectors"].items()
        }
        sparse = {name: edge.EdgeSparseVectorParams() for name in body.get("sparse_vectors", {})}
        hnsw = body["hnsw_config"]
        config = edge.EdgeConfig(
            vectors=vectors,
            sparse_vectors=sparse,
            hnsw_config=edge.HnswIndexConfig(
                m=hnsw["m"], ef_construct=hnsw["ef_construct"], full_scan_threshold=10_000, payload_m=hnsw["payload_m"]
            ),
        )
        self.folder = tempfile.TemporaryDirectory(prefix="qdrant-edge-")
        self.shard = edge.EdgeShard.create(self.folder.name, config)

    def update(self, operation):
        self.shard.update(operation)
        return {"operation_id": 0, "status": "completed"}

    def index(self, body):
        return self.update(edge.UpdateOperation.create_field_index(body["field_name"], schema_of(body["field_schema"])))

    def upsert(self, body):
        points = [
            edge.Point(
                UUID(point["id"]),
                {name: vector_of(vector) for name, vector in point["vector"].items()},
                point.get("payload"),
            )
            for point in body["points"]
        ]
        return self.update(edge.UpdateOperation.upsert_points(points))

    def info(self, _):
        info = self.shard.info()
        return {
            "status": "green",
            "optimizer_status": "ok",
            "points_count": info.points_count,
            "indexed_vectors_count": info.indexed_vectors_count,
            "segments_count": info.segments_count,
        }

    def query(self, body):
        return [{"points": self.search(search)} for search in body["searches"]]

    def search(self, body):
        request = edge.QueryRequest(
            limit=body.get("limit", 10),
            query=edge.Query.Nearest(vector_of(body["query"]), body["using"]),
            filter=filter_of(body.get("filter")),
            with_payload=selector(body.get("with_payload"), False),
            params=edge.SearchParams(hnsw_ef=body.get("params", {}).get("hnsw_ef")),
        )
        return [shown(point, with_score=True) for point in self.shard.query(request)]

    def scroll(self, body):
        offset = body.get("offset")
        with_vector = body.get("with_vector", False)
        points, following = self.shard.scroll(
            edge.ScrollRequest(
                offset=UUID(offset) if offset else None,
                limit=body.get("limit", 10),
                filter=filter_of(body.get("filter")),
                with_payload=selector(body.get("with_payload"), True),
                with_vector=with_vector,
            )
        )
        next_offset = None if following is None else str(following)
        return {"points": [shown(point, with_vector=bool(with_vector)) for point in points], "next_page_offset": next_offset}

    def retrieve(self, body):
        ids = [UUID(point) for point in body["ids"]]
        return [shown(point) for point in self.shard.retrieve(ids, selector(body.get("with_payload"), True), False)]

    def set_payload(self, body):
        return self.update(edge.UpdateOperation.set_payload_by_filter(filter_of(body["filter"]), body["payload"]))

    def delete(self, body):
        return self.update(edge.UpdateOperation.delete_points_by_filter(filter_of(body["filter"])))


class Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 256

    def __init__(self, port):
        super().__init__(("127.0.0.1", port), Handler)
        self.collections = {}
        self.lock = threading.Lock()

    def answer(self, method, path, body):
        _, root, *rest = path.split("/")
        name = rest[0] if rest else ""
        action = f"{method} {'/'.join(rest[1:])}"
        if not name:
            return {"collections": [{"name": name} for name in self.collections]}
        if action == "GET exists":
            return {"exists": name in self.collections}
        if action == "PUT ":
            if name in self.collections:
                raise Exists(name)
            self.collections[name] = Collection(body)
            return True
        if action == "DELETE ":
            return self.collections.pop(name, None) is not None
        if name not in self.collections:
            raise NotFound(name)
        collection = self.collections[name]
        actions = {
            "GET ": collection.info,
            "PUT index": collection.index,
            "PUT points": collection.upsert,
            "POST points": collection.retrieve,
            "POST points/query/batch": collection.query,
            "POST points/scroll": collection.scroll,
            "POST points/payload": collection.set_payload,
            "POST points/delete": collection.delete,
        }
        return actions[action](body)


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def handle_any(self):
        length = int(self.headers.get("content-length", 0))
        text = self.rfile.read(length)
        try:
            with self.server.lock:
                result = self.server.answer(self.command, self.path.split("?")[0], json.loads(text) if text else None)
            status, answer = 200, {"result": result, "status": "ok", "time": 0}
        except NotFound as error:
            status, answer = 404, {"status": {"error": f"Not found: Collection `{error}` doesn't exist!"}}
        except Exists as error:
            status, answer = 409, {"status": {"error": f"Wrong input: Collection `{error}` already exists!"}}
        except Exception as error:  # The engine's own complaint.
            print(f"{self.command} {self.path}: {error!r}", file=sys.stderr)
            status, answer = 400, {"status": {"error": str(error)}}
        data = json.dumps(answer).encode()
        self.send_response(status)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    do_GET = do_PUT = do_POST = do_DELETE = handle_any

    def log_message(self, *_):
        pass


if __name__ == "__main__":
    Server(int(sys.argv[1])).serve_forever()
