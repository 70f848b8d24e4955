// SPDX-License-Identifier: GPL-3.0-or-later
#include <fstream>
#include <memory>
#include <vector>

#include <unistd.h>

#include <QTest>

#include "ui/engine/heap_trimmer.h"

using namespace ocellus;

namespace {

std::size_t residentBytes()
{
    std::size_t whole = 0, resident = 0;
    std::ifstream("/proc/self/statm") >> whole >> resident;
    return resident * static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
}

/// Blocks too small for mappings of their own.
std::vector<std::vector<char>> blocks(std::size_t bytes)
{
    constexpr std::size_t each = 100'000;
    std::vector<std::vector<char>> blocks;
    for (std::size_t done = 0; done < bytes; done += each)
        blocks.emplace_back(each, 'x');
    return blocks;
}

/// All but every eighth.
void makeHoles(std::vector<std::vector<char>>& blocks)
{
    for (std::size_t i = 0; i < blocks.size(); ++i)
        if (i % 8 != 0)
            std::vector<char>().swap(blocks[i]);
}

} // namespace

class TestHeapTrimmer : public QObject {
    Q_OBJECT

private slots:
    void aFewHolesStay()
    {
        HeapTrimmer trimmer;
        auto some = blocks(HeapTrimmer::unusedBytes / 4);
        makeHoles(some);
        QVERIFY(!trimmer.trim());
    }

    void manyAreGivenBackButNotAtEveryCall()
    {
        HeapTrimmer trimmer;
        auto many = blocks(2 * HeapTrimmer::unusedBytes);
        makeHoles(many);
        const std::size_t before = residentBytes();
        QVERIFY(trimmer.trim());
        QVERIFY(before - residentBytes() > HeapTrimmer::unusedBytes);
        QCOMPARE(many.front().front(), 'x');

        auto more = blocks(2 * HeapTrimmer::unusedBytes);
        makeHoles(more);
        QVERIFY(!trimmer.trim());
        QVERIFY(trimmer.trim(HeapTrimmer::When::Now));
    }
};

QTEST_GUILESS_MAIN(TestHeapTrimmer)
#include "test_heap_trimmer.moc"
