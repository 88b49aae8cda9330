package dev.trivium.server;

import dev.trivium.execution.ClientSink.Part;
import dev.trivium.execution.ClientSink.Result;
import dev.trivium.server.ClientSubscription.Outlet;
import dev.trivium.server.http.Answer;
import dev.trivium.server.http.PartFormat;
import dev.trivium.server.http.StreamType;
import dev.trivium.server.subgraphs.Deadlines;
import io.vertx.core.buffer.Buffer;

/// Writes the events of a subscription into the body of one response.
final class HttpSubscription implements Outlet {
    private final HttpExchange exchange;
    private final StreamType type;
    private final StreamedResponse stream;
    private boolean opened;

    HttpSubscription(HttpExchange exchange, StreamType type, Deadlines deadlines) {
        this.exchange = exchange;
        this.type = type;
        this.stream = new StreamedResponse(exchange.request().response(), type, deadlines);
    }

    @Override
    public void opened() {
        opened = true;
        stream.begin();
        stream.beat(exchange.generation().configuration().subscription().heartbeatInterval());
    }

    @Override
    public void event(Part event) {
        var json = PartFormat.alone(event);
        stream.message(
                type == StreamType.SUBSCRIPTION_SPEC
                        ? Buffer.buffer("{\"payload\":").appendBuffer(json).appendString("}")
                        : json);
    }

    @Override
    public boolean isFull() {
        return stream.isFull();
    }

    @Override
    public void whenDrained(Runnable ready) {
        stream.whenDrained(ready);
    }

    @Override
    public void completed() {
        stream.end();
    }

    @Override
    public void failed(Buffer errors) {
        if (!opened) {
            if (exchange.accepts().whole() != null) {
                int status = exchange.type().status(Result.REFUSED);
                Answer.of(status, exchange.type(), errors.getBytes(), errors.length())
                        .send(exchange.request());
                return;
            }
            stream.begin();
        }
        stream.message(
                type == StreamType.SUBSCRIPTION_SPEC
                        ? Buffer.buffer("{\"payload\":null,")
                                .appendBuffer(errors.slice(1, errors.length()))
                        : errors);
        stream.end();
    }
}
