package dev.pocketflow.quarkus.internal.seal;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import dev.pocketflow.quarkus.EnvelopeRefused;
import dev.pocketflow.quarkus.EnvelopeRefused.Reason;
import dev.pocketflow.quarkus.config.EnvelopeConfig;
import dev.pocketflow.quarkus.config.EnvelopeConfig.SealMode;
import dev.pocketflow.quarkus.internal.json.CanonicalJson;

/**
 * Protects an envelope against changes, and against readers if encrypted, between two hops. It handles JSON objects and knows
 * no flows. Thread-safe.
 * <ul>
 * <li>Signed: the object has one more member, {@code seal}, with a detached JWS of its canonical form (see
 * {@link CanonicalJson}).</li>
 * <li>Encrypted: {@code {"pocketflow":1,"jwe":"…"}} replaces the object.</li>
 * </ul>
 * ADR 4 gives the reasons.
 */
public final class Seal {

    private static final String MEMBER = "seal";
    private static final byte[] SEAL_ALONE = ascii("\"" + MEMBER + "\":\"");
    private static final byte[] SEAL = ascii(",\"" + MEMBER + "\":\"");
    private static final byte[] ENCRYPTED = ascii("{\"pocketflow\":1,\"jwe\":\"");
    private static final byte[] END = ascii("\"}");
    /** The canonical form of {@link #ENCRYPTED} and {@link #END}. */
    private static final byte[] CANONICAL_ENCRYPTED = ascii("{\"jwe\":\"");
    private static final byte[] CANONICAL_END = ascii("\",\"pocketflow\":1}");

    private static final String ENVELOPE_TYPE = "pocketflow envelope";
    private static final String DATA_TYPE = "pocketflow data: ";

    private final SealMode mode;
    private final SealKeys keys;
    private final int maxBytes;
    private final int maxDepth;

    /**
     * Makes a seal as configured.
     *
     * @throws IllegalArgumentException if the configuration is not valid; the message names the property and the correction,
     *         and holds no key
     */
    public Seal(EnvelopeConfig config) {
        mode = config.seal();
        maxBytes = config.maxBytes();
        maxDepth = config.maxDepth();
        if (maxBytes < 1024) {
            throw new IllegalArgumentException("quarkus.pocketflow.envelope.max-bytes must be at least 1024, was " + maxBytes);
        }
        if (maxDepth < 1 || maxDepth > 1000) {
            throw new IllegalArgumentException("quarkus.pocketflow.envelope.max-depth must be 1 to 1000, was " + maxDepth);
        }
        keys = new SealKeys(config);
    }

    /**
     * {@return a new value for {@code quarkus.pocketflow.envelope.keys.<kid>}, for dev and test: it may be lost with the
     * process}
     */
    public static String randomKey() {
        return SealKeys.random();
    }

    /**
     * Seals an envelope.
     *
     * @param envelope a JSON object in UTF-8 that has no member {@code seal}
     * @return the sealed envelope; the same array if nothing is sealed
     * @throws EnvelopeRefused if it could not be opened again: it is too large, too deep, or not such an object
     */
    public byte[] close(byte[] envelope) {
        CanonicalJson canonical = CanonicalJson.without(MEMBER, limited(envelope), maxDepth);
        if (canonical.member() != null) {
            throw new IllegalArgumentException("the envelope has a seal already");
        }
        return limited(switch (mode) {
            case NONE -> envelope;
            case SIGNED -> signed(envelope, canonical);
            case ENCRYPTED -> encrypted((SymmetricKey) keys.sealing(), envelope);
        });
    }

    /**
     * Opens an envelope.
     *
     * @param sealed the result of {@link #close}, or any re-serialisation of it
     * @return the envelope as it was closed or re-serialised. A signed one still has its {@code seal}, and is the same array
     * @throws EnvelopeRefused if the seal does not match, or the envelope is too large or deep
     */
    public byte[] open(byte[] sealed) {
        return open(sealed, true);
    }

    /** @param hidden whether the envelope may be {@link #hidden} by the key for secrets, with its seal inside */
    private byte[] open(byte[] sealed, boolean hidden) {
        CanonicalJson canonical = CanonicalJson.without(MEMBER, limited(sealed), maxDepth);
        if (canonical.member() != null) {
            Jws.verify(keys, canonical.member(), canonical);
            return sealed;
        }
        byte[] bytes = canonical.bytes();
        if (isEncrypted(bytes)) {
            Jwe.Plain plain = Jwe.decrypt(keys, ENVELOPE_TYPE, between(bytes), maxBytes);
            if (keys.seals(plain.key())) {
                return plain.bytes();
            } else if (hidden) {
                return open(plain.bytes(), false);
            }
            throw keys.sealsNothing(plain.key());
        }
        if (mode == SealMode.NONE) {
            return sealed;
        }
        throw new EnvelopeRefused(Reason.UNSEALED,
                "the envelope has no seal. Send it as it was handed over; or, if everyone who can send an event is trusted, "
                        + "set quarkus.pocketflow.envelope.seal=none");
    }

    /** {@return whether a key can {@link #encrypt}} */
    public boolean encrypts() {
        return keys.secret() != null;
    }

    /**
     * Encrypts a part of an envelope, or data that is stored apart from it.
     *
     * @param context the purpose, at most 180 letters, digits, spaces, and {@code . / : + _ -}; not secret. The result can be
     *        decrypted for this purpose only, so that it cannot replace another part
     * @param plain any bytes
     * @return a JWE in compact form
     * @throws IllegalStateException if no key encrypts
     * @throws EnvelopeRefused if it is too large to be decrypted again
     */
    public String encrypt(String context, byte[] plain) {
        if (!encrypts()) {
            throw noKey(context);
        }
        return Jwe.encrypt(keys.secret(), DATA_TYPE + context, limited(plain));
    }

    /**
     * Decrypts the result of {@link #encrypt}.
     *
     * @param context the same purpose
     * @throws EnvelopeRefused if it was not encrypted for this purpose
     */
    public byte[] decrypt(String context, String jwe) {
        Jwe.Plain plain = Jwe.decrypt(keys, DATA_TYPE + context, jwe, maxBytes);
        if (plain.key().use == SealKey.Use.SEALS) {
            throw new EnvelopeRefused(Reason.BAD_SEAL, "what should have been encrypted as '" + context
                    + "' is encrypted with the key '" + plain.key().kid + "', which is for seals only here");
        }
        return plain.bytes();
    }

    /**
     * {@return the result of {@link #close} in an unreadable form; {@link #open} accepts it}
     *
     * @throws IllegalStateException if no key encrypts
     * @throws EnvelopeRefused if it could not be opened again
     */
    public byte[] hidden(byte[] sealed) {
        if (isEncrypted(CanonicalJson.without(MEMBER, limited(sealed), maxDepth).bytes())) {
            return sealed;
        }
        if (!encrypts()) {
            throw noKey("an envelope");
        }
        return limited(encrypted(keys.secret(), sealed));
    }

    /** {@return whether a key can {@link #sign}; there may be none if nothing is sealed} */
    public boolean signs() {
        return keys.sealing() != null && keys.sealing().signs() && keys.seals(keys.sealing());
    }

    /**
     * Signs a short text for one purpose.
     *
     * @param purpose letters and spaces; the text is refused for any other purpose
     * @param text printable ASCII
     * @return a JWS in compact form
     */
    public String sign(String purpose, String text) {
        return Jws.compact(keys.sealing(), purpose, text);
    }

    /**
     * {@return the text that was signed for this purpose}
     *
     * @throws EnvelopeRefused if it was signed for another purpose or by an unknown key
     */
    public String verify(String purpose, String jws) {
        return Jws.text(keys, purpose, jws);
    }

    private static IllegalStateException noKey(String what) {
        return new IllegalStateException(
                "there is no key to encrypt " + what + " with: set quarkus.pocketflow.envelope.secret-key to"
                        + " the id of a symmetric key among quarkus.pocketflow.envelope.keys");
    }

    private byte[] signed(byte[] envelope, CanonicalJson canonical) {
        int end = envelope.length - 1;
        while (envelope[end] != '}') {
            end--;
        }
        return join(envelope, end, canonical.isEmpty() ? SEAL_ALONE : SEAL, Jws.sign(keys.sealing(), canonical));
    }

    private static byte[] encrypted(SymmetricKey key, byte[] envelope) {
        String jwe = Jwe.encrypt(key, ENVELOPE_TYPE, envelope);
        return join(ENCRYPTED, 0, ENCRYPTED, jwe);
    }

    /** {@return the first bytes of an array, then the name of a member, then its value} */
    private static byte[] join(byte[] before, int length, byte[] name, String value) {
        byte[] joined = new byte[length + name.length + value.length() + END.length];
        System.arraycopy(before, 0, joined, 0, length);
        System.arraycopy(name, 0, joined, length, name.length);
        System.arraycopy(ascii(value), 0, joined, length + name.length, value.length());
        System.arraycopy(END, 0, joined, joined.length - END.length, END.length);
        return joined;
    }

    private static boolean isEncrypted(byte[] canonical) {
        int head = CANONICAL_ENCRYPTED.length;
        int tail = canonical.length - CANONICAL_END.length;
        return tail >= head && Arrays.equals(canonical, 0, head, CANONICAL_ENCRYPTED, 0, head)
                && Arrays.equals(canonical, tail, canonical.length, CANONICAL_END, 0, CANONICAL_END.length);
    }

    private static String between(byte[] canonical) {
        int head = CANONICAL_ENCRYPTED.length;
        return new String(canonical, head, canonical.length - CANONICAL_END.length - head, StandardCharsets.UTF_8);
    }

    private byte[] limited(byte[] bytes) {
        if (bytes.length > maxBytes) {
            throw new EnvelopeRefused(Reason.TOO_LARGE,
                    "the envelope, or a part of it, has " + bytes.length + " bytes, more than the "
                            + maxBytes
                            + " of quarkus.pocketflow.envelope.max-bytes. Put less into the store, or raise the limit");
        }
        return bytes;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
