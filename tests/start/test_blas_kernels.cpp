// SPDX-License-Identifier: GPL-3.0-or-later
#include <dlfcn.h>

#include <vector>

#include <QTest>

#include "app/start/blas_kernels.h"

using namespace ocellus;

/// OpenBLAS with the kernels that the processor has the instructions for.
class TestBlasKernels : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        // Before it is loaded, as if it did not know the processor.
        qputenv("OPENBLAS_CORETYPE", "PRESCOTT");
        void* library = dlopen("libopenblas.so.0", RTLD_NOW | RTLD_GLOBAL);
        if (!library)
            QSKIP("OpenBLAS is not installed");
        m_core = reinterpret_cast<char* (*)()>(dlsym(library, "openblas_get_corename"));
        m_multiply = reinterpret_cast<Multiply*>(dlsym(library, "cblas_sgemm"));
        QVERIFY(m_core && m_multiply);
        QCOMPARE(m_core(), "Prescott");
    }

    void aChoiceOfTheUsersStays()
    {
        useFittingBlasKernels();
        QCOMPARE(m_core(), "Prescott");
    }

    void olderOnesAreReplaced()
    {
        const std::vector<float> before = product();
        qunsetenv("OPENBLAS_CORETYPE");
        useFittingBlasKernels();
        const bool has512 = __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl");
        QCOMPARE(m_core(), has512 ? "SkylakeX" : __builtin_cpu_supports("avx2") ? "Haswell" : "Prescott");
        QCOMPARE(product(), before); // of whole numbers: exact whatever the order of the sums
    }

    void anotherCallChangesNothing()
    {
        const QByteArray chosen = m_core();
        qunsetenv("OPENBLAS_CORETYPE");
        useFittingBlasKernels();
        QCOMPARE(QByteArray(m_core()), chosen);
    }

private:
    using Multiply = void(int, int, int, int, int, int, float, const float*, int, const float*, int, float, float*,
                          int);

    std::vector<float> product() const
    {
        constexpr int side = 150, rowMajor = 101, plain = 111;
        std::vector<float> a(side * side), b(side * side), c(side * side);
        for (int i = 0; i < side * side; ++i) {
            a[static_cast<std::size_t>(i)] = static_cast<float>(i % 7);
            b[static_cast<std::size_t>(i)] = static_cast<float>(i % 5 - 2);
        }
        m_multiply(rowMajor, plain, plain, side, side, side, 1, a.data(), side, b.data(), side, 0, c.data(), side);
        return c;
    }

    char* (*m_core)() = nullptr;
    Multiply* m_multiply = nullptr;
};

QTEST_GUILESS_MAIN(TestBlasKernels)
#include "test_blas_kernels.moc"
