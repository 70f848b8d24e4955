// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include "core/base/lru_cache.h"

using namespace ocellus;

class TestLruCache : public QObject {
    Q_OBJECT

private slots:
    void keepsNothingLargerThanItself()
    {
        LruCache<int, int> cache(10);
        cache.insert(1, std::make_shared<int>(1), 11);
        QVERIFY(!cache.find(1));
        QCOMPARE(cache.bytes(), std::size_t{0});
    }

    void keepsNothingWithoutRoom()
    {
        LruCache<int, int> cache(0);
        cache.insert(1, std::make_shared<int>(1), 1);
        QCOMPARE(cache.size(), std::size_t{0});
    }

    void forgetsTheOneUsedLongestAgo()
    {
        LruCache<int, int> cache(10);
        cache.insert(1, std::make_shared<int>(1), 4);
        cache.insert(2, std::make_shared<int>(2), 4);
        QVERIFY(cache.find(1)); // 2 is now the older one
        cache.insert(3, std::make_shared<int>(3), 4);
        QVERIFY(cache.find(1));
        QVERIFY(!cache.find(2));
        QVERIFY(cache.find(3));
        QCOMPARE(cache.bytes(), std::size_t{8});
    }

    void replacesAValueOfTheSameKey()
    {
        LruCache<int, int> cache(10);
        cache.insert(1, std::make_shared<int>(1), 6);
        cache.insert(1, std::make_shared<int>(5), 3);
        QCOMPARE(*cache.find(1), 5);
        QCOMPARE(cache.bytes(), std::size_t{3});
        cache.clear();
        QCOMPARE(cache.bytes(), std::size_t{0});
        QVERIFY(!cache.find(1));
    }
};

QTEST_GUILESS_MAIN(TestLruCache)
#include "test_lru_cache.moc"
