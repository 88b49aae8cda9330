package dev.trivium.execution;

import dev.trivium.execution.SubgraphClient.Call;
import dev.trivium.execution.SubgraphClient.Failure;
import dev.trivium.execution.SubgraphClient.SubgraphRequest;

/// The port to the events of subgraphs. The same rules of threads hold as for {@link
/// SubgraphClient}.
@FunctionalInterface
public interface EventSource {

    /// Subscribes. The sink is never called before this method returns, and not after {@link
    /// Call#cancel()}.
    Subscription subscribe(SubgraphRequest request, EventSink sink);

    /// Events under way. None is sent that was not requested.
    interface Subscription extends Call {

        /// Asks for more events.
        void request(long events);
    }

    /// A client's subscription under way.
    interface LiveSubscription extends Subscription {

        /// Lets another program answer the events from the next one on, if it asks the same
        /// subgraph for the same events. The source does not notice.
        ///
        /// @return whether it does; nothing has changed if it does not
        boolean continueWith(Program program, SubgraphClient subgraphs, Introspector introspector);
    }

    /// Receives what comes of a subscription: events, then possibly one of the others.
    interface EventSink {

        /// @param body a GraphQL response in UTF-8; nobody changes it from now on, since others may
        ///   read it too
        void event(byte[] body);

        /// There are no more events.
        void completed();

        /// The subgraph cannot be subscribed to, or the connection to it is lost.
        void failed(Failure failure);
    }
}
