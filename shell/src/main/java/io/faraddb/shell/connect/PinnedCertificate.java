package io.faraddb.shell.connect;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * Trusts one node: the one whose certificate lies in its data directory. Who signed it and for
 * which names does not matter then.
 */
final class PinnedCertificate {

    private final SSLContext context;

    private PinnedCertificate(SSLContext context) {
        this.context = context;
    }

    /**
     * @throws IOException if the file is not there or no certificate
     */
    static PinnedCertificate of(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            Certificate certificate =
                    CertificateFactory.getInstance("X.509").generateCertificate(in);
            KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
            trusted.load(null, null);
            trusted.setCertificateEntry("node", certificate);
            TrustManagerFactory managers =
                    TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            managers.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, managers.getTrustManagers(), null);
            return new PinnedCertificate(context);
        } catch (GeneralSecurityException e) {
            throw new IOException(file + " is no certificate that can be used: " + e, e);
        }
    }

    void apply(HttpsURLConnection connection) {
        connection.setSSLSocketFactory(context.getSocketFactory());
        connection.setHostnameVerifier((name, session) -> true);
    }
}
