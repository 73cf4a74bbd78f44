package io.faraddb.node;

import io.faraddb.node.config.DataDirectory;
import io.faraddb.node.config.FaradProperties;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Base64;
import java.util.Collections;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.stereotype.Component;

/**
 * Keeps the node's certificate in the data directory, so that commands on the same machine know
 * that it is this node that answers.
 */
@Component
final class CertificateFile {

    private static final Logger LOG = LoggerFactory.getLogger(CertificateFile.class);
    private static final int LINE_LENGTH = 64;

    private final DataDirectory directory;
    private final @Nullable SslBundle bundle;

    CertificateFile(FaradProperties properties, DataDirectory directory, SslBundles bundles) {
        this.directory = directory;
        String name = properties.tls().bundle();
        this.bundle = name == null ? null : bundles.getBundle(name);
        if (name != null) {
            bundles.addBundleUpdateHandler(name, this::renew);
        }
    }

    /** For the first time; takes an old one away if there is none. */
    void write() throws IOException {
        directory.writeCertificate(bundle == null ? null : pem(bundle));
    }

    private void renew(SslBundle renewed) {
        try {
            directory.writeCertificate(pem(renewed));
        } catch (IOException | UncheckedIOException e) {
            LOG.warn("the renewed certificate could not be told to commands on this machine", e);
        }
    }

    private static @Nullable String pem(SslBundle bundle) throws IOException {
        KeyStore keys = bundle.getStores().getKeyStore();
        if (keys == null) {
            return null;
        }
        try {
            for (String alias : Collections.list(keys.aliases())) {
                Certificate[] chain = keys.getCertificateChain(alias);
                if (chain != null && chain.length > 0) {
                    return pem(chain[0].getEncoded());
                }
            }
            return null;
        } catch (GeneralSecurityException e) {
            throw new IOException("the certificate can't be read: " + e.getMessage(), e);
        }
    }

    private static String pem(byte[] encoded) {
        byte[] newline = {'\n'};
        String body =
                new String(
                        Base64.getMimeEncoder(LINE_LENGTH, newline).encode(encoded),
                        StandardCharsets.US_ASCII);
        return "-----BEGIN CERTIFICATE-----\n" + body + "\n-----END CERTIFICATE-----\n";
    }
}
