package dev.pocketflow.quarkus.internal.claimcheck;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.pocketflow.quarkus.internal.fixture.RecordingServer.Reply;
import dev.pocketflow.quarkus.internal.fixture.RecordingServer.Request;

/** A bucket with S3's REST-XML, addressed by path; two keys to a page. */
final class FakeS3Bucket {

    private static final int PAGE = 2;
    private static final Pattern KEY = Pattern.compile("<Key>([^<]+)</Key>");

    private final Map<String, byte[]> objects = new ConcurrentSkipListMap<>();
    private final String path;
    private volatile boolean refusesToDelete;

    FakeS3Bucket(String name) {
        this.path = "/" + name;
    }

    Set<String> keys() {
        return objects.keySet();
    }

    void refuseToDelete() {
        refusesToDelete = true;
    }

    Reply answer(Request request) {
        String[] target = request.target().split("\\?", 2);
        if (target.length == 2 && target[0].equals(path)) {
            return request.method().equals("GET") ? list(target[1]) : delete(request.text());
        }
        String key = target[0].substring(path.length() + 1);
        if (request.method().equals("PUT")) {
            objects.put(key, request.body());
            return Reply.of(200, "");
        }
        byte[] body = objects.get(key);
        return body == null ? xml(404, "<Error><Code>NoSuchKey</Code><Message>" + key + "</Message></Error>")
                : new Reply(200, Map.of("Content-Type", "application/octet-stream"), body);
    }

    private Reply list(String query) {
        String prefix = parameter(query, "prefix");
        String after = parameter(query, "continuation-token");
        List<String> keys = objects.keySet().stream().filter(key -> key.startsWith(prefix) && key.compareTo(after) > 0)
                .toList();
        List<String> page = keys.subList(0, Math.min(PAGE, keys.size()));
        StringBuilder contents = new StringBuilder();
        page.forEach(key -> contents.append("<Contents><Key>").append(key).append("</Key></Contents>"));
        String next = keys.size() > PAGE ? "<NextContinuationToken>" + page.get(PAGE - 1) + "</NextContinuationToken>" : "";
        return xml(200, "<ListBucketResult><IsTruncated>" + !next.isEmpty() + "</IsTruncated>" + next + contents
                + "</ListBucketResult>");
    }

    private Reply delete(String body) {
        StringBuilder errors = new StringBuilder();
        for (MatchResult each : (Iterable<MatchResult>) KEY.matcher(body).results()::iterator) {
            if (refusesToDelete) {
                errors.append("<Error><Key>").append(each.group(1)).append("</Key><Code>AccessDenied</Code></Error>");
            } else {
                objects.remove(each.group(1));
            }
        }
        return xml(200, "<DeleteResult>" + errors + "</DeleteResult>");
    }

    private static String parameter(String query, String name) {
        Matcher matcher = Pattern.compile("(?:^|&)" + name + "=([^&]*)").matcher(query);
        return matcher.find() ? java.net.URLDecoder.decode(matcher.group(1), UTF_8) : "";
    }

    private static Reply xml(int status, String body) {
        return new Reply(status, Map.of("Content-Type", "application/xml"),
                ("<?xml version=\"1.0\" encoding=\"UTF-8\"?>" + body).getBytes(UTF_8));
    }
}
