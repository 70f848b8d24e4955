// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/evidence/evidence_item.h"

#include <QLabel>
#include <QVBoxLayout>

#include "ui/figures/evidence_text.h"

namespace ocellus {

EvidenceItem::EvidenceItem(EvidenceTest test, QWidget* parent)
    : QWidget(parent),
      m_test(test),
      m_title(new QLabel(this)),
      m_sentence(new QLabel(this))
{
    QFont bold = font();
    bold.setBold(true);
    m_title->setFont(bold);
    m_title->setWordWrap(true);
    for (QLabel* label : {m_title, m_sentence})
        label->setTextFormat(Qt::PlainText);
    m_sentence->setWordWrap(true);
    m_sentence->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_sentence->setAccessibleName(EvidenceText::test(test));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(2);
    layout->addWidget(m_title);
    layout->addWidget(m_sentence);
}

void EvidenceItem::setSheet(const EvidenceSheet& sheet, const EvidenceMap& map, const QString& className)
{
    const EvidenceVerdict verdict = sheet.verdict(map, m_test);
    m_title->setText(tr("%1 %2: %3", "a mark, a test, a verdict")
                         .arg(EvidenceText::mark(verdict), EvidenceText::test(m_test), EvidenceText::verdict(verdict)));
    const QString sentence = EvidenceText::sentence(sheet, map, m_test, className);
    m_sentence->setText(sentence.isEmpty() ? tr("Not tested.") : sentence);
}

void EvidenceItem::setWords(const QString& words)
{
    m_sentence->setText(words);
}

QString EvidenceItem::sentence() const
{
    return m_sentence->text();
}

} // namespace ocellus
