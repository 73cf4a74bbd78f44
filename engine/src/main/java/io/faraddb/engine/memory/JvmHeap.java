package io.faraddb.engine.memory;

import com.sun.management.GarbageCollectionNotificationInfo;
import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.VMOption;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.util.List;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import javax.management.ListenerNotFoundException;
import javax.management.Notification;
import javax.management.NotificationEmitter;
import javax.management.NotificationListener;
import javax.management.openmbean.CompositeData;
import org.jspecify.annotations.Nullable;

/** The heap of this process, as its garbage collectors report it. */
final class JvmHeap implements Heap {

    private static final String SOFT_MAX = "SoftMaxHeapSize";

    private final HotSpotDiagnosticMXBean options =
            ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);

    private final Set<String> pools =
            ManagementFactory.getMemoryPoolMXBeans().stream()
                    .filter(pool -> pool.getType() == MemoryType.HEAP)
                    .map(MemoryPoolMXBean::getName)
                    .collect(Collectors.toSet());

    /** Where garbage is put for a moment: the compiler would not make what goes nowhere. */
    @SuppressWarnings("UnusedVariable")
    private volatile byte @Nullable [] garbage;

    @Override
    public long committedBytes() {
        return Runtime.getRuntime().totalMemory();
    }

    @Override
    public void makeGarbage(int bytes) {
        garbage = new byte[bytes];
        garbage = null;
    }

    @Override
    public long maxBytes() {
        return Runtime.getRuntime().maxMemory();
    }

    @Override
    public long usedBytes() {
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    @Override
    public void aim(long bytes) {
        boolean chosenByOperator =
                options.getVMOption(SOFT_MAX).getOrigin() == VMOption.Origin.VM_CREATION;
        if (!chosenByOperator) {
            options.setVMOption(SOFT_MAX, String.valueOf(bytes));
        }
    }

    @Override
    public void collect() {
        System.gc();
    }

    @Override
    public Runnable onCollected(LongConsumer usedBytes) {
        NotificationListener listener = (notification, unused) -> tell(notification, usedBytes);
        List<NotificationEmitter> collectors =
                ManagementFactory.getGarbageCollectorMXBeans().stream()
                        .filter(NotificationEmitter.class::isInstance)
                        .map(NotificationEmitter.class::cast)
                        .toList();
        collectors.forEach(collector -> collector.addNotificationListener(listener, null, null));
        return () -> collectors.forEach(collector -> remove(listener, collector));
    }

    private static void remove(NotificationListener listener, NotificationEmitter collector) {
        try {
            collector.removeNotificationListener(listener);
        } catch (ListenerNotFoundException gone) {
            // As it should be.
        }
    }

    private void tell(Notification notification, LongConsumer usedBytes) {
        if (notification
                .getType()
                .equals(GarbageCollectionNotificationInfo.GARBAGE_COLLECTION_NOTIFICATION)) {
            long left =
                    GarbageCollectionNotificationInfo.from(
                                    (CompositeData) notification.getUserData())
                            .getGcInfo()
                            .getMemoryUsageAfterGc()
                            .entrySet()
                            .stream()
                            .filter(pool -> pools.contains(pool.getKey()))
                            .mapToLong(pool -> pool.getValue().getUsed())
                            .sum();
            // ZGC tells of each pause too, which frees nothing, with zeros.
            if (left > 0) {
                usedBytes.accept(left);
            }
        }
    }
}
