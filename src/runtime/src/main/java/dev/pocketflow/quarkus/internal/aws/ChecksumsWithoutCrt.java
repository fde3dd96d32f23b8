package dev.pocketflow.quarkus.internal.aws;

import java.util.List;
import java.util.function.BooleanSupplier;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;

import software.amazon.awssdk.checksums.SdkChecksum;
import software.amazon.awssdk.checksums.spi.ChecksumAlgorithm;

/**
 * Replaces the checksums of the AWS SDK that need its native library, {@code software.amazon.awssdk.crt:aws-crt}. The SDK looks
 * for the library before it calls them. native-image links them in any case and would fail:
 * https://github.com/aws/aws-sdk-java-v2/issues/5682
 */
@TargetClass(className = ChecksumsWithoutCrt.Needed.PROVIDER, onlyWith = ChecksumsWithoutCrt.Needed.class)
final class ChecksumsWithoutCrt {

    /** {@return null, which makes the SDK use another implementation} */
    @Substitute
    static SdkChecksum createCrtCrc32C() {
        return null;
    }

    @Substitute
    static SdkChecksum crc64NvmeCrtImplementation() {
        throw Needed.missing("CRC64NVME");
    }

    @Substitute
    static SdkChecksum crtXxHash(ChecksumAlgorithm algorithm) {
        throw Needed.missing(algorithm.algorithmId());
    }

    /** True in functions with the SDK, without the library, and without another extension that substitutes the same methods. */
    static final class Needed implements BooleanSupplier {

        static final String PROVIDER = "software.amazon.awssdk.checksums.internal.ChecksumProvider";
        private static final List<String> OTHERS = List.of("software.amazon.awssdk.crt.checksums.CRC64NVME",
                "io.quarkus.amazon.common.runtime.CrtSubstitutions", "io.quarkiverse.amazon.common.runtime.CrtSubstitutions",
                "org.apache.camel.quarkus.component.aws.commons.ChecksumProviderSubstitutions");

        @Override
        public boolean getAsBoolean() {
            return isPresent(PROVIDER) && OTHERS.stream().noneMatch(Needed::isPresent);
        }

        static IllegalStateException missing(String algorithm) {
            return new IllegalStateException("the checksum " + algorithm
                    + " needs software.amazon.awssdk.crt:aws-crt, which is not in this executable. Add the dependency");
        }

        private static boolean isPresent(String name) {
            try {
                Class.forName(name, false, Needed.class.getClassLoader());
                return true;
            } catch (ClassNotFoundException e) {
                return false;
            }
        }
    }
}
