package dev.trivium.server;

import dev.trivium.execution.ClientSink;
import dev.trivium.execution.SubgraphClient;
import dev.trivium.execution.SubgraphClient.Call;
import dev.trivium.execution.SubgraphClient.ResponseSink;
import dev.trivium.language.Outcome;
import dev.trivium.server.RequestPipeline.Asked;
import dev.trivium.server.RequestPipeline.Prepared;
import dev.trivium.server.compression.Gzip;
import dev.trivium.server.configuration.HttpConfiguration.Uploads;
import dev.trivium.server.http.Acceptance;
import dev.trivium.server.http.Caller;
import dev.trivium.server.http.ErrorCode;
import dev.trivium.server.http.GraphQlRequest;
import dev.trivium.server.http.GraphQlRequestReader;
import dev.trivium.server.http.Refusal;
import dev.trivium.server.http.Step;
import dev.trivium.server.http.Step.Next;
import dev.trivium.server.http.Step.Refuse;
import dev.trivium.server.subgraphs.Deadlines.Deadline;
import dev.trivium.server.subgraphs.SubgraphCall;
import dev.trivium.server.subgraphs.UploadBody;
import dev.trivium.server.uploads.IncomingFile;
import dev.trivium.server.uploads.MultipartReader;
import dev.trivium.server.uploads.MultipartReader.FileHeader;
import dev.trivium.server.uploads.MultipartReader.MalformedFormException;
import dev.trivium.server.uploads.UploadedFiles;
import dev.trivium.server.uploads.UploadedFiles.Parts;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A request with files (GraphQL multipart request): `operations`, then `map`, then the files,
/// which go to the subgraph while they arrive. It is executed as soon as the first file begins.
final class UploadOverHttp implements MultipartReader.Listener {
    private final RequestPipeline pipeline;
    private final HttpExchange exchange;
    private final HttpServerRequest request;
    private final Uploads limits;
    private final int longestOperations;
    private final Deadline deadline;
    private final List<IncomingFile> incoming = new ArrayList<>();
    private @Nullable MultipartReader reader;
    private @Nullable String operations;
    private @Nullable String map;
    private @Nullable UploadedFiles files;
    private long received;
    private long ofFile;
    private boolean begun;
    private boolean answered;
    private boolean complete;

    private UploadOverHttp(RequestPipeline pipeline, HttpExchange exchange) {
        this.pipeline = pipeline;
        this.exchange = exchange;
        this.request = exchange.request();
        var configuration = exchange.generation().configuration();
        this.limits = configuration.http().uploads();
        this.longestOperations = configuration.limits().maxRequestBytes();
        this.deadline = pipeline.loop().deadlines().in(limits.timeout().toMillis(), this::tooSlow);
    }

    /// Must be called before the handler of the request returns.
    ///
    /// @param contentType multipart/form-data
    static void serve(RequestPipeline pipeline, HttpExchange exchange, String contentType) {
        var upload = new UploadOverHttp(pipeline, exchange);
        var request = exchange.request();
        request.exceptionHandler(
                _ -> upload.refuse(ErrorCode.BAD_REQUEST, "the body did not arrive as a whole"));
        if (!Gzip.isIdentity(request.getHeader(HttpHeaders.CONTENT_ENCODING))) {
            upload.refuse(ErrorCode.UNSUPPORTED_MEDIA_TYPE, "a form may not be compressed");
            return;
        }
        if ("100-continue".equalsIgnoreCase(request.getHeader(HttpHeaders.EXPECT))) {
            var _ = request.response().writeContinue();
        }
        try {
            upload.reader = new MultipartReader(contentType, upload.longestOperations, upload);
        } catch (MalformedFormException e) {
            upload.refuse(ErrorCode.BAD_REQUEST, e.reason());
            return;
        }
        request.handler(chunk -> upload.guard(() -> upload.read(chunk)));
        request.endHandler(_ -> upload.guard(upload::ended));
    }

    /// Whatever happens, the client gets an answer.
    private void guard(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException bug) {
            answered();
            exchange.cancel();
            exchange.failed(bug);
        }
    }

    private void read(Buffer chunk) {
        received += chunk.length();
        boolean tooMuch = received > limits.maximumTotalSize() + 2L * longestOperations;
        if (answered && tooMuch) {
            abandon();
        } else if (tooMuch) {
            refuse(ErrorCode.PAYLOAD_TOO_LARGE, "the files are too large together");
        } else {
            decode(reader -> reader.read(chunk));
            flow();
        }
    }

    private interface Decoding {
        void decode(MultipartReader reader) throws MalformedFormException;
    }

    private void decode(Decoding decoding) {
        if (reader == null) {
            return;
        }
        try {
            decoding.decode(reader);
        } catch (MalformedFormException e) {
            refuse(
                    e.isTooLarge() ? ErrorCode.PAYLOAD_TOO_LARGE : ErrorCode.BAD_REQUEST,
                    e.reason());
        }
        if (answered) {
            reader.close();
            reader = null;
        }
    }

    @Override
    public void field(String name, String value) {
        if (name.equals("operations") && operations == null && !begun) {
            operations = value;
        } else if (name.equals("map") && map == null && !begun) {
            map = value;
        } else {
            refuse(
                    ErrorCode.BAD_REQUEST,
                    "the form must be `operations`, then `map`, then the files");
        }
    }

    @Override
    public void begins(FileHeader header) {
        ofFile = 0;
        begin();
        var file = new IncomingFile(header, this::flow);
        incoming.add(file);
        if (answered || files == null) {
            file.discard();
        } else if (files.expects(header.name())) {
            files.arrived(file);
        } else {
            refuse(ErrorCode.BAD_REQUEST, "`map` does not name a file, or it comes twice");
        }
    }

    @Override
    public void chunk(Buffer chunk) {
        ofFile += chunk.length();
        if (ofFile > limits.maximumFileSize()) {
            refuse(ErrorCode.PAYLOAD_TOO_LARGE, "a file is too large");
        } else if (!answered) {
            incoming.getLast().chunk(chunk);
        }
    }

    @Override
    public void ends() {
        incoming.getLast().end();
    }

    /// The client is heard as long as what it sends is taken.
    private void flow() {
        incoming.removeIf(IncomingFile::isOver);
        if (incoming.stream().allMatch(IncomingFile::isFlowing)) {
            request.resume();
        } else {
            request.pause();
        }
    }

    private void ended() {
        complete = true;
        deadline.cancel();
        decode(MultipartReader::end);
        begin();
        if (files != null) {
            files.ended();
        }
        if (reader != null) {
            reader.close();
            reader = null;
        }
    }

    /// Operations and map have come, or will not.
    private void begin() {
        if (begun || answered) {
            return;
        }
        begun = true;
        if (operations == null || map == null) {
            refuse(ErrorCode.BAD_REQUEST, "`operations` and `map` must stand before the files");
            return;
        }
        byte[] json = operations.getBytes(StandardCharsets.UTF_8);
        var known = Objects.requireNonNull(map);
        GraphQlRequestReader.readBody(json)
                .then(_ -> step(UploadedFiles.read(known)))
                .then(this::limited)
                .then(read -> step(read.marked(json)))
                .then(GraphQlRequestReader::readBody)
                .then(this::enter)
                .then(pipeline::prepare)
                .finish(this::execute, this::refuse, exchange::failed);
    }

    private static <T> Step<T> step(Outcome<T> outcome) {
        return switch (outcome) {
            case Outcome.Accepted<T>(var value) -> new Next<>(value);
            case Outcome.Rejected<T>(var issues) ->
                    new Refuse<>(
                            new Refusal.OfRequest(
                                    ErrorCode.BAD_REQUEST, issues.getFirst().message()));
        };
    }

    private Step<UploadedFiles> limited(UploadedFiles read) {
        if (read.count() > limits.maximumFiles()) {
            return new Refuse<>(
                    new Refusal.OfRequest(
                            ErrorCode.PAYLOAD_TOO_LARGE,
                            "send at most %d files".formatted(limits.maximumFiles())));
        }
        files = read;
        return new Next<>(read);
    }

    private Step<Asked> enter(GraphQlRequest asked) {
        return RequestPipeline.enter(exchange.generation())
                .then(place -> {
                    exchange.occupy(place);
                    return new Next<>(
                            new Asked(
                                    exchange.generation(),
                                    Caller.of(request.headers()),
                                    asked,
                                    Acceptance.ONE_ANSWER));
                });
    }

    private void execute(Prepared prepared) {
        if (answered || files == null) {
            return;
        }
        var calls = new Uploading(prepared, files);
        exchange.waitsFor(pipeline.execute(prepared, new Answering(), calls::instead));
    }

    private void tooSlow() {
        if (answered) {
            abandon();
        } else {
            refuse(ErrorCode.REQUEST_TIMEOUT, "the files did not arrive in time");
        }
    }

    private void refuse(ErrorCode code, String message) {
        refuse(new Refusal.OfRequest(code, message));
    }

    private void refuse(Refusal refusal) {
        if (answered) {
            return;
        }
        answered();
        exchange.cancel();
        var closing =
                refusal instanceof Refusal.OfRequest ofRequest && !complete
                        ? ofRequest.with("connection", "close")
                        : refusal;
        exchange.refuse(closing);
    }

    /// What is still to come is read, within the limits, and thrown away.
    private void answered() {
        answered = true;
        if (files != null) {
            files.finish();
        }
    }

    /// The client goes on sending.
    private void abandon() {
        if (request.version() == HttpVersion.HTTP_2) {
            var _ = request.response().reset();
        } else {
            var _ = request.connection().close();
        }
    }

    /// Calls with files go their own way.
    private final class Uploading {
        private final Prepared prepared;
        private final UploadedFiles known;

        Uploading(Prepared prepared, UploadedFiles known) {
            this.prepared = prepared;
            this.known = known;
        }

        SubgraphClient instead(SubgraphClient usual) {
            return (request, sink) -> {
                var parts = known.parts(request.body());
                return parts == null
                        ? usual.send(request, sink)
                        : send(request.subgraph(), parts, sink);
            };
        }

        private Call send(int subgraph, Parts parts, ResponseSink sink) {
            var asked = prepared.asked();
            var body = new UploadBody(parts, limits.timeout());
            if (known.claim(parts.paths().keySet(), body)) {
                pipeline.onLoop(known::checkOrder);
            } else {
                body.failed("two fetches of the plan use one file");
            }
            return new SubgraphCall(
                            pipeline.loop(),
                            asked.generation().subgraphs().get(subgraph),
                            asked.caller().forwarded(),
                            body,
                            sink)
                    .start();
        }
    }

    private final class Answering implements ClientSink {
        private final ClientSink whole = new OneAnswer(exchange, pipeline.loop());

        @Override
        public byte[] buffer(int capacity) {
            return whole.buffer(capacity);
        }

        @Override
        public void part(Part part) {
            answered();
            whole.part(part);
        }

        @Override
        public void failed(RuntimeException bug) {
            answered();
            whole.failed(bug);
        }
    }
}
