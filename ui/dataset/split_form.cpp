// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dataset/split_form.h"

#include <cmath>

#include <QCheckBox>
#include <QComboBox>
#include <QFormLayout>
#include <QLabel>
#include <QPushButton>
#include <QSpinBox>
#include <QVBoxLayout>

#include "ui/dataset/dataset_document.h"
#include "ui/widgets/plain_label.h"

namespace ocellus {

namespace {

constexpr int largestShare = 90; ///< percent, of both together

QSpinBox* shareBox(const QString& name, QWidget* parent)
{
    auto* box = new QSpinBox(parent);
    box->setRange(0, largestShare);
    box->setSuffix(QStringLiteral(" %"));
    box->setAccessibleName(name);
    return box;
}

} // namespace

SplitForm::SplitForm(DatasetDocument& dataset, QWidget* parent)
    : QWidget(parent),
      m_dataset(dataset),
      m_now(plainLabel(this)),
      m_val(shareBox(tr("Share for validation"), this)),
      m_test(shareBox(tr("Share for a test"), this)),
      m_group(new QComboBox(this)),
      m_stratified(new QCheckBox(tr("The same share of each &species"), this)),
      m_seed(new QSpinBox(this)),
      m_draw(new QPushButton(tr("D&raw the split"), this))
{
    m_seed->setRange(0, 1'000'000);
    m_seed->setAccessibleName(tr("Seed"));
    m_seed->setToolTip(tr("Another number draws other pictures; the same number the same ones, on every machine"));
    m_group->setAccessibleName(tr("What stays together"));
    m_group->setToolTip(tr("Pictures of one specimen in training and validation make accuracy look better than it is"));
    m_group->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    auto* form = new QFormLayout;
    form->setRowWrapPolicy(QFormLayout::WrapLongRows);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    form->addRow(tr("For va&lidation:"), m_val);
    form->addRow(tr("For &a test:"), m_test);
    form->addRow(tr("Stays to&gether:"), m_group);
    form->addRow(m_stratified);
    form->addRow(tr("See&d:"), m_seed);
    auto* note = plainLabel(this);
    note->setText(tr("Copies and near copies of a picture always stay together. Single pictures are moved by dragging "
                     "them between Training and Validation."));
    note->setForegroundRole(QPalette::PlaceholderText);
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(m_now);
    layout->addLayout(form);
    layout->addWidget(m_draw);
    layout->addWidget(note);
    layout->addStretch(1);
    connect(m_draw, &QPushButton::clicked, this, [this] { m_dataset.drawSplit(recipe()); });
    connect(m_val, &QSpinBox::valueChanged, this, [this](int share) { m_test->setMaximum(largestShare - share); });
    connect(&dataset, &DatasetDocument::changed, this, &SplitForm::follow);
    show({});
    follow();
}

SplitRecipe SplitForm::recipe() const
{
    SplitRecipe recipe;
    recipe.valShare = m_val->value() / 100.0;
    recipe.testShare = m_test->value() / 100.0;
    recipe.stratified = m_stratified->isChecked();
    recipe.group = static_cast<SplitGroup>(m_group->currentData().toInt());
    if (recipe.group == SplitGroup::Column)
        recipe.column = m_group->currentText().toStdString();
    recipe.seed = static_cast<std::uint64_t>(m_seed->value());
    return recipe;
}

void SplitForm::show(const SplitRecipe& recipe)
{
    followColumns();
    m_val->setValue(static_cast<int>(std::lround(recipe.valShare * 100)));
    m_test->setValue(static_cast<int>(std::lround(recipe.testShare * 100)));
    m_stratified->setChecked(recipe.stratified);
    m_seed->setValue(static_cast<int>(recipe.seed));
    const int row = recipe.group == SplitGroup::Column ? m_group->findText(QString::fromStdString(recipe.column))
                                                       : m_group->findData(static_cast<int>(recipe.group));
    m_group->setCurrentIndex(std::max(row, 0));
}

void SplitForm::followColumns()
{
    const QVariant before = m_group->currentData();
    const QString column = m_group->currentText();
    m_group->clear();
    m_group->addItem(tr("one specimen, by file name"), static_cast<int>(SplitGroup::Stem));
    m_group->addItem(tr("what lies in one folder"), static_cast<int>(SplitGroup::Folder));
    m_group->addItem(tr("nothing, each picture is drawn alone"), static_cast<int>(SplitGroup::None));
    for (const std::string& name : m_dataset.dataset().columns)
        m_group->addItem(QString::fromStdString(name), static_cast<int>(SplitGroup::Column));
    const int row =
        before.toInt() == static_cast<int>(SplitGroup::Column) ? m_group->findText(column) : m_group->findData(before);
    m_group->setCurrentIndex(std::max(row, 0));
}

void SplitForm::follow()
{
    std::array<int, 4> sums{};
    for (const auto& counts : m_dataset.state().counts())
        for (std::size_t i = 0; i < counts.size(); ++i)
            sums[i] += static_cast<int>(counts[i]);
    QStringList parts;
    if (sums[1] + sums[2] + sums[3] > 0) {
        parts << tr("%n to learn from", nullptr, sums[1]) << tr("%n to judge by", nullptr, sums[2]);
        if (sums[3] > 0)
            parts << tr("%n for a test", nullptr, sums[3]);
        if (sums[0] > 0)
            parts << tr("%n not divided", nullptr, sums[0]);
    }
    m_now->setText(parts.isEmpty() ? tr("Not divided yet.") : tr("Now: %1.").arg(parts.join(QStringLiteral(", "))));
    m_draw->setEnabled(!m_dataset.isEmpty());
    followColumns();
    if (m_dataset.state().drawn && m_dataset.state().drawn != m_drawn)
        show(*m_dataset.state().drawn);
    m_drawn = m_dataset.state().drawn;
}

} // namespace ocellus
