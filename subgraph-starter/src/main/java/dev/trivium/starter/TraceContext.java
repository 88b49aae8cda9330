package dev.trivium.starter;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import org.springframework.web.filter.OncePerRequestFilter;

/// Keeps the W3C `traceparent` of a request in the logging context, from where domain events take
/// it. The logging context follows the request onto the threads of its data fetchers.
final class TraceContext extends OncePerRequestFilter {
    private static final String TRACEPARENT = "traceparent";
    private static final Pattern VALID =
            Pattern.compile("00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}");

    static @Nullable String current() {
        return MDC.get(TRACEPARENT);
    }

    static void set(@Nullable String traceparent) {
        if (traceparent != null && VALID.matcher(traceparent).matches()) {
            MDC.put(TRACEPARENT, traceparent);
        }
    }

    static void clear() {
        MDC.remove(TRACEPARENT);
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        set(request.getHeader(TRACEPARENT));
        try {
            chain.doFilter(request, response);
        } finally {
            clear();
        }
    }
}
