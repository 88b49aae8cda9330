# One image per process: `docker build --target router .`, and so on for auth, events and
# notifications. `docker compose up --build` builds them all.

FROM eclipse-temurin:25-jdk AS build
WORKDIR /trivium
COPY . .
# The cache keeps fetched libraries from build to build.
RUN --mount=type=cache,target=/root/.m2 \
    ./mvnw -B -q -DskipTests -Dspotless.check.skip package
RUN for name in auth events notifications; do \
      java -Djarmode=tools -jar "$name-subgraph/target/$name-subgraph.jar" \
        extract --destination "/opt/$name"; \
    done

FROM eclipse-temurin:25-jre AS runtime
RUN useradd --system --no-create-home --uid 10001 trivium
USER 10001
ENV HOST=0.0.0.0 \
    JAVA_TOOL_OPTIONS="-XX:MaxRAMPercentage=75 -XX:+ExitOnOutOfMemoryError"

FROM runtime AS auth
COPY --from=build /opt/auth /opt/auth
EXPOSE 4101
ENTRYPOINT ["java", "-jar", "/opt/auth/auth-subgraph.jar"]

FROM runtime AS events
COPY --from=build /opt/events /opt/events
EXPOSE 4102
ENTRYPOINT ["java", "-jar", "/opt/events/events-subgraph.jar"]

FROM runtime AS notifications
COPY --from=build /opt/notifications /opt/notifications
EXPOSE 4103
ENTRYPOINT ["java", "-jar", "/opt/notifications/notifications-subgraph.jar"]

FROM runtime AS router
COPY --from=build /trivium/router/server/target/trivium-router.jar /opt/router/
COPY --from=build /trivium/router/server/target/lib /opt/router/lib
COPY schema/supergraph.graphql router.yaml local/record-classes.sh /opt/router/
COPY schema/operations/manifest.json /opt/router/schema/operations/
ENV SUPERGRAPH_FILE_PATH=/opt/router/supergraph.graphql \
    ROUTER_CONFIG_FILE_PATH=/opt/router/router.yaml \
    JAVA_TOOL_OPTIONS="-XX:MaxRAMPercentage=75 -XX:+ExitOnOutOfMemoryError -XX:MetaspaceSize=64m -XX:+UseParallelGC"
# A start with this image's own JVM. The cache fits no other one, nor other jars.
USER root
RUN ["/opt/router/record-classes.sh", "/opt/router/classes.aot", "java", "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow", "-jar", "/opt/router/trivium-router.jar", "router"]
USER 10001
EXPOSE 4000
ENTRYPOINT ["java", "-XX:AOTCache=/opt/router/classes.aot", "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow", "-jar", "/opt/router/trivium-router.jar", "router"]
