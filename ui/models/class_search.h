// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include <QString>
#include <QStringList>

namespace ocellus {

/// Finds classes by words of any of their names, as people type them: upper and lower case are the same, accents may be
/// left out, and a word that occurs nowhere may have one typing error.
class ClassSearch {
public:
    /// One text a class, with all its names. Ten thousand take a few hundredths of a second.
    void setTexts(const QStringList& texts);

    /// One flag a class: every word of `query` occurs in its names. A word of four letters or more that occurs in none
    /// is also found where a word begins with it but for one letter wrong, missing, too many, or two changed places.
    std::vector<bool> find(const QString& query) const;

private:
    struct Word {
        qsizetype begin;
        qsizetype length;
    };
    struct Entry {
        QString text; ///< folded, words with single spaces between
        std::vector<Word> words;
    };

    bool occurs(const Entry& entry, const QString& word) const;
    bool nearlyOccurs(const Entry& entry, const QString& word) const;

    std::vector<Entry> m_entries;
};

} // namespace ocellus
