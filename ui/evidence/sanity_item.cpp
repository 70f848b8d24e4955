// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/evidence/sanity_item.h"

#include <algorithm>
#include <cmath>

#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QVBoxLayout>

#include "ui/evidence/sanity_text.h"
#include "ui/figures/evidence_text.h"

namespace ocellus {

namespace {

constexpr int permille = 1'000;

EvidenceVerdict verdictIn(const std::optional<SanityReport>& report, const std::string& label)
{
    if (!report)
        return EvidenceVerdict::Untested;
    const auto source = std::ranges::find(report->sources, label, &SanitySource::label);
    if (source == report->sources.end())
        return EvidenceVerdict::Untested;
    switch (verdictOf(*source, report->deciding)) {
    case SanityVerdict::Passed: return EvidenceVerdict::Supported;
    case SanityVerdict::Failed: return EvidenceVerdict::NotSupported;
    case SanityVerdict::Untested: break;
    }
    return EvidenceVerdict::Untested;
}

} // namespace

SanityItem::SanityItem(QWidget* parent)
    : QWidget(parent),
      m_title(new QLabel(this)),
      m_sentence(new QLabel(this)),
      m_check(new QPushButton(tr("Check the model"), this)),
      m_cancel(new QPushButton(tr("Cancel"), this)),
      m_progress(new QProgressBar(this))
{
    QFont bold = font();
    bold.setBold(true);
    m_title->setFont(bold);
    for (QLabel* label : {m_title, m_sentence}) {
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
    }
    m_sentence->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_progress->setRange(0, permille);
    m_progress->setTextVisible(false);
    m_progress->setAccessibleName(tr("How far the check is"));
    auto* buttons = new QHBoxLayout;
    buttons->addWidget(m_check);
    buttons->addWidget(m_progress, 1);
    buttons->addWidget(m_cancel);
    buttons->addStretch();
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(2);
    layout->addWidget(m_title);
    layout->addWidget(m_sentence);
    layout->addLayout(buttons);
    connect(m_check, &QPushButton::clicked, this, &SanityItem::checkRequested);
    connect(m_cancel, &QPushButton::clicked, this, &SanityItem::cancelRequested);
    setContent({}, {}, {}, 0);
    setRunning({});
}

void SanityItem::setContent(const std::optional<SanityReport>& report, const std::string& label, const QString& map,
                            int pictures)
{
    const EvidenceVerdict verdict = verdictIn(report, label);
    m_title->setText(tr("%1 Unlike with random weights: %2", "a mark, a verdict")
                         .arg(EvidenceText::mark(verdict), EvidenceText::verdict(verdict)));
    const QString sentence = report ? SanityText::sentence(*report, label, map) : QString();
    m_isTested = !sentence.isEmpty();
    m_sentence->setText(m_isTested ? sentence : tr("Not tested."));
    m_check->setEnabled(pictures > 0);
    m_check->setToolTip(tr("Takes the weights away, part by part from the top, and compares the maps of %n picture(s); "
                           "once for a model",
                           nullptr, pictures));
}

void SanityItem::setRunning(std::optional<double> fraction)
{
    m_check->setVisible(!fraction);
    m_cancel->setVisible(fraction.has_value());
    m_progress->setVisible(fraction.has_value());
    m_progress->setValue(static_cast<int>(std::lround(fraction.value_or(0) * permille)));
}

QString SanityItem::sentence() const
{
    return m_isTested ? m_sentence->text() : QString();
}

} // namespace ocellus
