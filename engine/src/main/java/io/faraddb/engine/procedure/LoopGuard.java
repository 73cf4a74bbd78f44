package io.faraddb.engine.procedure;

import io.faraddb.api.Budget;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Writes a call of {@link Budget#check} in front of every branch of a class, so that a loop without
 * an end can be stopped. A loop needs a branch; recursion ends with the stack.
 */
final class LoopGuard {

    private static final ClassDesc BUDGET = ClassDesc.of(Budget.class.getName());
    private static final MethodTypeDesc CHECK = MethodTypeDesc.ofDescriptor("()V");

    private LoopGuard() {}

    /**
     * @param archive finds the bytes of the archive's other classes, to work out common
     *     superclasses
     */
    static byte[] guard(byte[] classBytes, Function<ClassDesc, @Nullable InputStream> archive) {
        ClassHierarchyResolver resolver =
                ClassHierarchyResolver.ofResourceParsing(archive)
                        .orElse(ClassHierarchyResolver.defaultResolver());
        ClassFile files = ClassFile.of(ClassFile.ClassHierarchyResolverOption.of(resolver));
        CodeTransform code = LoopGuard::guard;
        return files.transformClass(
                files.parse(classBytes), ClassTransform.transformingMethodBodies(code));
    }

    private static void guard(CodeBuilder builder, CodeElement element) {
        if (element instanceof BranchInstruction) {
            builder.invokestatic(BUDGET, "check", CHECK);
        }
        builder.with(element);
    }
}
