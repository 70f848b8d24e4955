// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "core/explain/evidence_sheet.h"

class QLabel;

namespace ocellus {

/// One test of a map: what it is, what it came to, and the sentence.
class EvidenceItem : public QWidget {
    Q_OBJECT

public:
    explicit EvidenceItem(EvidenceTest test, QWidget* parent = nullptr);

    EvidenceTest test() const { return m_test; }
    void setSheet(const EvidenceSheet& sheet, const EvidenceMap& map, const QString& className);
    /// In place of the sentence.
    void setWords(const QString& words);
    QString sentence() const;

private:
    EvidenceTest m_test;
    QLabel* m_title;
    QLabel* m_sentence;
};

} // namespace ocellus
