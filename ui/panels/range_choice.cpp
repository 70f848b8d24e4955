// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/range_choice.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QSpinBox>

namespace ocellus {

RangeChoice::RangeChoice(QWidget* parent)
    : QWidget(parent),
      m_kind(new QComboBox),
      m_low(new QSpinBox),
      m_high(new QSpinBox)
{
    m_kind->addItem(tr("Full: 0 to 65535"));
    m_kind->addItem(tr("By the picture's bits"));
    m_kind->addItem(tr("From, to"));
    m_kind->setToolTip(tr("Which samples of 16-bit pictures are black and white; cameras of 10, 12 or 14 bits leave "
                          "most of the full range unused, and the picture nearly black"));
    m_low->setRange(0, SampleRange::largest - 1);
    m_low->setAccessibleName(tr("Sample that is black"));
    m_high->setRange(1, SampleRange::largest);
    m_high->setAccessibleName(tr("Sample that is white"));
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(m_kind, 1);
    layout->addWidget(m_low);
    layout->addWidget(m_high);
    setFocusProxy(m_kind);
    connect(m_kind, &QComboBox::currentIndexChanged, this, &RangeChoice::updateBounds);
    connect(m_low, &QSpinBox::valueChanged, this, [this](int low) { m_high->setMinimum(low + 1); });
    setRange({});
    updateBounds();
}

void RangeChoice::setRange(const SampleRange& range)
{
    m_kind->setCurrentIndex(static_cast<int>(range.kind));
    m_low->setValue(range.low);
    m_high->setValue(range.high);
}

SampleRange RangeChoice::range() const
{
    const auto kind = static_cast<SampleRange::Kind>(m_kind->currentIndex());
    return kind == SampleRange::Kind::Given ? SampleRange{kind, m_low->value(), m_high->value()} : SampleRange{kind};
}

void RangeChoice::updateBounds()
{
    const bool isGiven = m_kind->currentIndex() == static_cast<int>(SampleRange::Kind::Given);
    m_low->setVisible(isGiven);
    m_high->setVisible(isGiven);
}

} // namespace ocellus
