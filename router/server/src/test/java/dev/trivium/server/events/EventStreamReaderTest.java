package dev.trivium.server.events;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventStreamReaderTest {

    /// `/` stands for LF, `\` for CR, and `^` for the byte order mark; events as `name=data`.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    data: a//                            | message=a
                    data:a//                             | message=a
                    data:  a//                           | message= a
                    event: next/data: {"a": 1}//         | next={"a": 1}
                    event: next\\data: a\\\\             | next=a
                    event: next\\/data: a\\/\\/          | next=a
                    data: a/data: b/data/data: c//       | message=a/b//c
                    ^data: a//                           | message=a
                    : a comment//data: a//               | message=a
                    :///:///data: a//:///                | message=a
                    event: complete//                    | complete=
                    event: complete/data://              | complete=
                    event: complete/data//               | complete=
                    id: 7/retry: 5/other/data: a//       | message=a
                    dataset: b/data: a//                 | message=a
                    event: next/data: a//data: b//       | next=a, message=b
                    event: a/event: b/data: c//          | b=c
                    data: ä€😀//                         | message=ä€😀
                    data: unfinished/                    |
                    """)
    void readsWhateverPiecesItComesIn(String stream, String events) {
        byte[] bytes =
                stream.replace('/', '\n')
                        .replace('\\', '\r')
                        .replace('^', '\ufeff')
                        .getBytes(UTF_8);
        String expected = events == null ? "" : events.replace('/', '\n');
        for (int size = 1; size <= bytes.length; size++) {
            assertThat(String.join(", ", read(bytes, size))).as("in %s", size).isEqualTo(expected);
        }
    }

    private static List<String> read(byte[] bytes, int size) {
        List<String> events = new ArrayList<>();
        var reader =
                new EventStreamReader(
                        1000,
                        new EventStreamReader.Listener() {
                            @Override
                            public void event(String name, byte[] data) {
                                events.add(name + "=" + new String(data, UTF_8));
                            }

                            @Override
                            public void tooLarge() {
                                events.add("too large");
                            }
                        });
        for (int at = 0; at < bytes.length; at += size) {
            reader.append(Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + size)));
            while (reader.next()) {
                // Until the piece is read.
            }
        }
        return events;
    }
}
