// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dataset/crop_form.h"

#include <algorithm>
#include <cmath>

#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QRadioButton>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QVBoxLayout>

#include "ui/dataset/box_proposals.h"
#include "ui/dataset/dataset_document.h"
#include "ui/widgets/plain_label.h"

namespace ocellus {

CropForm::CropForm(DatasetDocument& dataset, BoxProposals& proposals, QWidget* parent)
    : QWidget(parent),
      m_dataset(dataset),
      m_proposals(proposals),
      m_whole(new QRadioButton(tr("&Whole pictures"), this)),
      m_boxes(new QRadioButton(tr("The &animal alone, in its box"), this)),
      m_margin(new QSpinBox(this)),
      m_count(plainLabel(this)),
      m_file(new QPushButton(tr("Bo&xes from a file…"), this)),
      m_draw(new QPushButton(tr("Draw &boxes…"), this))
{
    m_margin->setRange(0, 100);
    m_margin->setSuffix(QStringLiteral(" %"));
    m_margin->setAccessibleName(tr("Margin around the box"));
    m_file->setToolTip(tr("COCO's JSON, or a CSV with file, x, y, width and height"));
    m_draw->setToolTip(tr("One drag a picture"));
    auto* says = plainLabel(this);
    says->setText(tr("Small animals in busy scenes are told apart better when the model sees little else. Files stay "
                     "as they are: the box is applied when a picture is read."));
    says->setForegroundRole(QPalette::PlaceholderText);
    auto* form = new QFormLayout;
    form->addRow(tr("Mar&gin:"), m_margin);
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(says);
    layout->addWidget(new QLabel(tr("The model sees:"), this));
    layout->addWidget(m_whole);
    layout->addWidget(m_boxes);
    layout->addLayout(form);
    layout->addWidget(m_count);
    layout->addWidget(m_draw);
    layout->addWidget(m_file);
    layout->addWidget(makeProposals());
    layout->addStretch(1);
    connect(m_file, &QPushButton::clicked, this, &CropForm::boxFileWanted);
    connect(m_draw, &QPushButton::clicked, this, &CropForm::drawingWanted);
    connect(m_whole, &QRadioButton::clicked, this, &CropForm::choose);
    connect(m_boxes, &QRadioButton::clicked, this, &CropForm::choose);
    connect(m_margin, &QSpinBox::editingFinished, this, &CropForm::choose);
    connect(&dataset, &DatasetDocument::changed, this, &CropForm::follow);
    connect(&proposals, &BoxProposals::changed, this, &CropForm::followProposals);
    follow();
}

QWidget* CropForm::makeProposals()
{
    auto* all = new QWidget(this);
    m_propose = new QPushButton(tr("&Propose boxes for the rest"), all);
    m_propose->setToolTip(tr("Estimates where the animal is by how it differs from the picture's frame; nothing is "
                             "decided before you accept it"));
    m_stop = new QPushButton(tr("Stop"), all);
    m_progress = new QProgressBar(all);
    m_progress->setAccessibleName(tr("Boxes proposed"));
    m_proposed = plainLabel(all);
    m_accept = new QPushButton(tr("Accept a&ll"), all);
    m_reject = new QPushButton(tr("&Reject all"), all);
    auto* progress = new QHBoxLayout;
    progress->addWidget(m_progress, 1);
    progress->addWidget(m_stop);
    auto* answers = new QHBoxLayout;
    answers->addWidget(m_accept);
    answers->addWidget(m_reject);
    answers->addStretch(1);
    auto* layout = new QVBoxLayout(all);
    layout->setContentsMargins({});
    layout->addWidget(m_propose);
    layout->addLayout(progress);
    layout->addWidget(m_proposed);
    layout->addLayout(answers);
    connect(m_propose, &QPushButton::clicked, &m_proposals, &BoxProposals::start);
    connect(m_stop, &QPushButton::clicked, &m_proposals, &BoxProposals::cancel);
    connect(m_accept, &QPushButton::clicked, &m_proposals, &BoxProposals::acceptAll);
    connect(m_reject, &QPushButton::clicked, &m_proposals, &BoxProposals::rejectAll);
    return all;
}

void CropForm::choose()
{
    const CropToBoxes wanted{m_boxes->isChecked(), m_margin->value() / 100.0};
    if (wanted != m_dataset.state().crop && (wanted.on || m_dataset.state().crop.on))
        m_dataset.apply(wanted);
}

void CropForm::follow()
{
    const DatasetState& state = m_dataset.state();
    const auto all = std::ranges::count_if(state.members, &DatasetMember::takesPart);
    const auto boxed =
        std::ranges::count_if(state.members, [](const DatasetMember& one) { return one.takesPart() && one.box; });
    (state.crop.on ? m_boxes : m_whole)->setChecked(true);
    if (!m_margin->hasFocus()) {
        const QSignalBlocker blocker(m_margin);
        m_margin->setValue(static_cast<int>(std::lround(state.crop.margin * 100)));
    }
    m_margin->setEnabled(state.crop.on);
    m_boxes->setEnabled(boxed > 0 || state.crop.on);
    m_count->setText((boxed > 0 && !state.crop.on
                          ? tr("%1 of %2 pictures have a box, which the model does not use: it sees whole pictures.")
                          : tr("%1 of %2 pictures have a box; those without are seen whole."))
                         .arg(boxed)
                         .arg(all));
    m_file->setEnabled(all > 0);
    m_draw->setEnabled(all > 0);
    followProposals();
}

void CropForm::followProposals()
{
    const auto count = static_cast<int>(m_proposals.count());
    const bool isRunning = m_proposals.isRunning();
    const bool hasRest = std::ranges::any_of(m_dataset.state().members,
                                             [](const DatasetMember& one) { return one.takesPart() && !one.box; });
    m_propose->setVisible(!isRunning);
    m_propose->setEnabled(hasRest);
    m_progress->setVisible(isRunning);
    m_stop->setVisible(isRunning);
    m_progress->setRange(0, std::max(m_proposals.total(), 1));
    m_progress->setValue(m_proposals.done());
    m_proposed->setVisible(count > 0);
    m_proposed->setText(tr("%n box(es) proposed. Draw boxes shows them one by one.", nullptr, count));
    m_accept->setVisible(count > 0);
    m_reject->setVisible(count > 0);
}

} // namespace ocellus
