package dev.pocketflow.quarkus.internal.claimcheck;

import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;

import dev.pocketflow.quarkus.HandOverFailed;
import dev.pocketflow.quarkus.config.HandOverConfig;
import dev.pocketflow.quarkus.internal.aws.AwsClients;
import dev.pocketflow.quarkus.internal.aws.AwsErrors;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.LegacyMd5Plugin;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Error;

/** A bucket of S3, or of a server with the same protocol. The objects of a run are under {@code <prefix><run>/}. */
public final class S3ClaimCheck implements ClaimCheck {

    private final String bucket;
    private final String prefix;
    private final AwsClients.Lazy<S3Client> client = new AwsClients.Lazy<>(S3ClaimCheck::client);

    /** @throws IllegalArgumentException if no bucket is configured */
    public S3ClaimCheck(HandOverConfig.Claims config) {
        this.bucket = config.bucket()
                .orElseThrow(() -> new IllegalArgumentException("quarkus.pocketflow.claim-check.bucket must be set"));
        this.prefix = config.prefix();
    }

    /**
     * Uses path-style addresses with a configured endpoint: that is another server than S3, and its bucket is rarely a host
     * name.
     */
    private static S3Client client() {
        S3Client client = builder().build();
        if (client.serviceClientConfiguration().endpointOverride().isEmpty()) {
            return client;
        }
        client.close();
        return builder().forcePathStyle(true).build();
    }

    /**
     * Uses no optional checksum and no chunked encoding, because other servers than S3 may not know them. If a checksum is
     * required, the request has a Content-MD5 as well for older servers. The envelope holds a checksum of the stored part.
     */
    private static S3ClientBuilder builder() {
        return AwsClients.configure(S3Client.builder()).requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED).addPlugin(LegacyMd5Plugin.create())
                .serviceConfiguration(s3 -> s3.chunkedEncodingEnabled(false));
    }

    @Override
    public String write(String run, String name, byte[] body) {
        String reference = ClaimCheckReference.of(run, name);
        return tried(reference, "written to", () -> {
            client.get().putObject(put -> put.bucket(bucket).key(prefix + reference).contentType("application/octet-stream"),
                    RequestBody.fromBytes(body));
            return reference;
        });
    }

    @Override
    public byte[] read(String reference, long most) {
        String key = prefix + ClaimCheckReference.checked(reference);
        byte[] body = tried(reference, "read from", () -> {
            ResponseInputStream<GetObjectResponse> object = client.get().getObject(get -> get.bucket(bucket).key(key));
            try (object) {
                byte[] all = ClaimCheckReference.atMost(object, most);
                if (all == null) {
                    object.abort();
                }
                return all;
            } catch (IOException e) {
                throw failed(reference, "read from", e.getClass().getSimpleName() + ". Resume the run once more", e);
            }
        });
        if (body == null) {
            throw failed(reference, "read from", "it has more than the " + most + " bytes it may have", null);
        }
        return body;
    }

    @Override
    public void delete(String run) {
        String under = prefix + ClaimCheckReference.part(run) + "/";
        tried(run, "deleted from", () -> {
            client.get().listObjectsV2Paginator(list -> list.bucket(bucket).prefix(under)).stream()
                    .map(page -> page.contents().stream()
                            .map(object -> ObjectIdentifier.builder().key(object.key()).build()).toList())
                    .filter(page -> !page.isEmpty())
                    .forEach(page -> deleted(run, page));
            return null;
        });
    }

    private void deleted(String run, List<ObjectIdentifier> objects) {
        DeleteObjectsResponse answer = client.get()
                .deleteObjects(delete -> delete.bucket(bucket).delete(what -> what.objects(objects).quiet(true)));
        for (S3Error error : answer.errors()) {
            throw failed(run, "deleted from", error.code() + " for " + answer.errors().size() + " of its objects. "
                    + wayOutOrElse(error.code()), null);
        }
    }

    private <T> T tried(String claim, String what, Supplier<T> call) {
        try {
            return call.get();
        } catch (SdkException e) {
            throw failed(claim, what, AwsErrors.explain(e, S3ClaimCheck::wayOut), e);
        }
    }

    private HandOverFailed failed(String claim, String what, String why, Exception e) {
        return new HandOverFailed("the claim " + claim + " was not " + what + " the bucket '" + bucket + "': " + why, e);
    }

    private static String wayOutOrElse(String code) {
        String known = wayOut(code);
        return known == null ? "Delete the remaining objects under the run's name" : known;
    }

    private static String wayOut(String code) {
        return switch (code) {
            case "NoSuchBucket" -> "Create it, or name another with quarkus.pocketflow.claim-check.bucket";
            case "NoSuchKey" -> "It is deleted when the run ends; otherwise check that all functions of the run have the same "
                    + "quarkus.pocketflow.claim-check.bucket and .prefix";
            case "AccessDenied" ->
                "Allow s3:PutObject, s3:GetObject and s3:DeleteObject on its objects, and s3:ListBucket on it, in "
                        + "this function's role";
            default -> null;
        };
    }
}
