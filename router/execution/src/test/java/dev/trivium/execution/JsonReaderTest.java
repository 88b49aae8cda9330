package dev.trivium.execution;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// The reader accepts exactly what another parser accepts.
class JsonReaderTest {

    private static final JsonMapper JACKSON =
            JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

    private static final List<String> SEEDS =
            List.of(
                    "{\"data\":{\"users\":[{\"id\":\"1\",\"name\":\"Ada \\u00e9\\n\"},null,{}]}}",
                    "[1,-0,0.5,-12.25e+10,1E5,true,false,null,\"\"]",
                    "{\"a\":[[],[{}]],\"é🌍ß\":\"é🌍ßabcdefghijklmnopqrstuvwxyz\"}",
                    " \t\r\n{ \"k\" : [ 1 , 2 ] } ",
                    "\"plain string that is longer than eight bytes, with \\\"escapes\\\\\"",
                    "12345678901234567890.5");

    private static final byte[] INTERESTING =
            "\"\\{}[]:,0123456789.eE+-tfn u/\n\tab".getBytes(UTF_8);

    @Test
    void acceptsWhatAnotherParserAccepts() {
        RandomGenerator random = new Random(20260101);
        int accepted = 0;
        for (int i = 0; i < 60_000; i++) {
            byte[] mutated = SEEDS.get(random.nextInt(SEEDS.size())).getBytes(UTF_8);
            for (int mutations = random.nextInt(4); mutations > 0; mutations--) {
                mutated = mutate(mutated, random);
            }
            byte[] text = mutated;
            boolean expected = jackson(text);
            assertThat(accepts(text))
                    .as(() -> "seed 20260101: " + new String(text, UTF_8))
                    .isEqualTo(expected);
            accepted += expected ? 1 : 0;
        }
        assertThat(accepted).isBetween(10_000, 50_000);
    }

    private static byte[] mutate(byte[] text, RandomGenerator random) {
        if (text.length == 0) {
            return text;
        }
        int at = random.nextInt(text.length);
        byte next =
                random.nextInt(4) == 0
                        ? (byte) random.nextInt(256)
                        : INTERESTING[random.nextInt(INTERESTING.length)];
        return switch (random.nextInt(4)) {
            case 0 -> replace(text, at, 1, next);
            case 1 -> replace(text, at, 0, next);
            case 2 -> replace(text, at, 1);
            default -> Arrays.copyOf(text, at);
        };
    }

    private static byte[] replace(byte[] text, int at, int count, byte... by) {
        byte[] replaced = new byte[text.length - count + by.length];
        System.arraycopy(text, 0, replaced, 0, at);
        System.arraycopy(by, 0, replaced, at, by.length);
        int rest = text.length - at - count;
        System.arraycopy(text, at + count, replaced, at + by.length, rest);
        return replaced;
    }

    private static boolean accepts(byte[] text) {
        try {
            JsonReader reader = new JsonReader(text);
            reader.skipValue(0);
            reader.expectEnd();
            return true;
        } catch (MalformedJson _) {
            return false;
        }
    }

    /// Jackson lets some malformed UTF-8 pass, and takes a text in another encoding if its first
    /// bytes look like it.
    private static boolean jackson(byte[] text) {
        try {
            String decoded = UTF_8.newDecoder().decode(ByteBuffer.wrap(text)).toString();
            return !decoded.isBlank() && !JACKSON.readTree(decoded).isMissingNode();
        } catch (CharacterCodingException | JacksonException _) {
            return false;
        }
    }

    @Test
    void unquotesWhatItQuotes() {
        RandomGenerator random = new Random(7);
        for (int i = 0; i < 2_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int length = random.nextInt(20); length > 0; length--) {
                text.append((char) random.nextInt(random.nextBoolean() ? 0x80 : 0x10000));
            }
            byte[] json = JsonText.quoted(text.toString());
            assertThat(accepts(json)).isTrue();
            assertThat(JsonText.unquoted(json, 0, json.length)).isEqualTo(text.toString());
            assertThat(JACKSON.readTree(json).asString()).isEqualTo(text.toString());
        }
    }

    @Test
    void stopsAtTheEndOfItsSlice() throws MalformedJson {
        byte[] text = "[1234567890]".getBytes(UTF_8);
        JsonReader reader = new JsonReader(text, 1, 5);
        assertThat(reader.skipValue(0)).isEqualTo(Cell.INTEGER);
        assertThat(reader.position).isEqualTo(5);
    }
}
