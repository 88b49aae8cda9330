package dev.trivium.server.configuration;

/// The endpoints of documents with `@rest`.
///
/// @param openApi the path of their description; empty for none
public record RestSettings(String openApi) {

    static RestSettings read(Section section) {
        return new RestSettings(
                section.text(
                        "openapi",
                        "The path of the OpenAPI document; empty for none.",
                        "/openapi.json"));
    }
}
