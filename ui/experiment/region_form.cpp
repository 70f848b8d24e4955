// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/experiment/region_form.h"

#include <algorithm>
#include <utility>

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QSpinBox>
#include <QToolButton>

#include <nlohmann/json.hpp>

#include "core/image/sample_range.h"
#include "ui/engine/paths.h"
#include "ui/figures/map_names.h"

namespace ocellus {

namespace {

constexpr double percent = 100;
constexpr int mostMargin = 1'000;
constexpr int byValues = -1; ///< no label

/// Long names do not make the form wide.
QComboBox* narrowCombo(QWidget* parent)
{
    auto* combo = new QComboBox(parent);
    combo->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    combo->setMinimumContentsLength(10);
    return combo;
}

QDoubleSpinBox* shareBox(QWidget* parent, double value)
{
    auto* box = new QDoubleSpinBox(parent);
    box->setDecimals(1);
    box->setRange(0.1, percent);
    box->setValue(value);
    box->setSuffix(QStringLiteral(" %"));
    return box;
}

} // namespace

RegionForm::RegionForm(QWidget* parent)
    : QWidget(parent),
      m_rows(new QFormLayout(this)),
      m_kind(narrowCombo(this)),
      m_mask(narrowCombo(this)),
      m_of(narrowCombo(this)),
      m_head(narrowCombo(this)),
      m_share(shareBox(this, 25)),
      m_file(new QLineEdit(this)),
      m_parts(new QLineEdit(this)),
      m_radius(shareBox(this, 5)),
      m_folder(new QLineEdit(this)),
      m_label(new QSpinBox(this)),
      m_grow(new QSpinBox(this)),
      m_feather(new QSpinBox(this))
{
    m_kind->addItems({tr("A kept mask"), tr("What a map shows"), tr("Parts of the animal"), tr("Mask files")});
    m_kind->setCurrentIndex(Attention);
    m_of->addItems({tr("The predicted class"), tr("The true class"), QString()});
    m_parts->setPlaceholderText(tr("beak, crown"));
    m_file->setPlaceholderText(tr("parts.csv"));
    m_folder->setPlaceholderText(tr("Beside the pictures"));
    m_label->setRange(byValues, SampleRange::largest);
    m_label->setValue(byValues);
    m_label->setSpecialValueText(tr("By the values"));
    m_grow->setRange(-mostMargin, mostMargin);
    m_feather->setRange(0, mostMargin);
    for (QSpinBox* box : {m_grow, m_feather})
        box->setSuffix(tr(" px"));
    arrange();
    setMaps(MapKind::Head, 0);
    setClass(-1, {});
    for (QComboBox* combo : {m_kind, m_mask, m_of, m_head})
        connect(combo, &QComboBox::currentIndexChanged, this, &RegionForm::changed);
    for (QLineEdit* line : {m_file, m_parts, m_folder})
        connect(line, &QLineEdit::textChanged, this, &RegionForm::changed);
    for (QSpinBox* box : {m_label, m_grow, m_feather})
        connect(box, &QSpinBox::valueChanged, this, &RegionForm::changed);
    for (QDoubleSpinBox* box : {m_share, m_radius})
        connect(box, &QDoubleSpinBox::valueChanged, this, &RegionForm::changed);
    connect(m_kind, &QComboBox::currentIndexChanged, this, &RegionForm::showRows);
    // What the user chooses is not waited for any more.
    connect(m_mask, &QComboBox::activated, this, [this] { m_waitingMask.clear(); });
    connect(m_head, &QComboBox::activated, this, [this] { m_waitingHead = 0; });
    showRows();
}

void RegionForm::arrange()
{
    m_rows->setContentsMargins({});
    m_rows->setRowWrapPolicy(QFormLayout::WrapLongRows);
    m_rows->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    addRow(tr("Reg&ion:"), m_kind, tr("What is edited in each picture"));
    const auto add = [this](Kind kind, const QString& label, QWidget* control, const QString& toolTip) {
        m_rowsOf.emplace_back(kind, addRow(label, control, toolTip));
    };
    add(KeptMask, tr("Mas&k:"), m_mask,
        tr("Pictures with a mask of this name use their own, others of the same size the shown picture's"));
    add(Attention, tr("&Of:"), m_of, tr("The class whose map shows the region"));
    add(Attention, tr("Map use&d:"), m_head, tr("One of the last layer, as tiles show it"));
    add(Attention, tr("Sha&re:"), m_share, tr("The cells where the map is highest that hold this share of its sum"));
    m_file->setAccessibleName(tr("File of part points"));
    add(Parts, tr("Fi&le:"), withButton(m_file, Parts), tr("A CSV with the columns file, part, x and y"));
    add(Parts, tr("Pa&rts:"), m_parts, tr("Their names in the file, with commas between them"));
    add(Parts, tr("Ra&dius:"), m_radius, tr("Of the disc around each part, of the picture's longer side"));
    m_folder->setAccessibleName(tr("Folder of mask files"));
    add(MaskFiles, tr("F&older:"), withButton(m_folder, MaskFiles),
        tr("With NAME.mask.png or NAME.png for each picture NAME: two values, of which the larger selects"));
    add(MaskFiles, tr("&Label:"), m_label, tr("The value that is meant, in masks of several labels"));
    addRow(tr("&Grow:"), m_grow, tr("Pixels added around the region; below 0, taken away"));
    addRow(tr("&Soft edge:"), m_feather, tr("Pixels over which the edit fades out"));
}

QWidget* RegionForm::addRow(const QString& label, QWidget* control, const QString& toolTip)
{
    control->setToolTip(toolTip);
    m_rows->addRow(label, control);
    return control;
}

QWidget* RegionForm::withButton(QLineEdit* path, Kind kind)
{
    auto* both = new QWidget(this);
    auto* button = new QToolButton(both);
    button->setText(tr("Choose…"));
    button->setFocusPolicy(Qt::StrongFocus);
    connect(button, &QToolButton::clicked, this, [this, kind] { emit fileRequested(kind); });
    auto* row = new QHBoxLayout(both);
    row->setContentsMargins({});
    row->addWidget(path, 1);
    row->addWidget(button);
    both->setFocusProxy(path);
    return both;
}

void RegionForm::showRows()
{
    for (const auto& [kind, row] : m_rowsOf)
        m_rows->setRowVisible(row, kind == this->kind());
}

void RegionForm::setMasks(const std::vector<NamedMask>& masks)
{
    const QString chosen = m_mask->currentText();
    const bool had = m_mask->count() > 0;
    m_masks = masks;
    m_mask->clear();
    for (const NamedMask& mask : masks)
        m_mask->addItem(QString::fromStdString(mask.name).simplified());
    m_mask->setEnabled(!masks.empty());
    const auto find = [this](const QString& name) {
        return m_mask->findText(name, Qt::MatchExactly | Qt::MatchCaseSensitive);
    };
    if (const int waiting = m_waitingMask.isEmpty() ? -1 : find(m_waitingMask); waiting >= 0) {
        m_waitingMask.clear();
        m_mask->setCurrentIndex(waiting);
    } else if (had) {
        m_mask->setCurrentIndex(std::max(find(chosen), 0));
    }
    emit changed();
}

void RegionForm::setClass(int classIndex, const QString& label)
{
    m_class = classIndex;
    m_of->setItemText(static_cast<int>(AttentionRegion::Of::Given),
                      classIndex < 0 ? tr("The shown class") : tr("Class %1").arg(label));
    emit changed();
}

void RegionForm::setMaps(MapKind kind, int count)
{
    if (m_head->count() == count + 1 && m_mapKind == kind)
        return;
    m_mapKind = kind;
    m_head->clear();
    m_head->addItem(MapNames::mean(kind));
    for (int head = 0; head < count; ++head)
        m_head->addItem(MapNames(kind).label(head));
    if (m_waitingHead > 0 && m_waitingHead <= count)
        m_head->setCurrentIndex(std::exchange(m_waitingHead, 0));
}

nlohmann::json RegionForm::choices() const
{
    const QString mask = m_waitingMask.isEmpty() ? m_mask->currentText() : m_waitingMask;
    return {{"kind", m_kind->currentIndex()},
            {"mask", mask.toStdString()},
            {"of", m_of->currentIndex()},
            {"head", m_waitingHead > 0 ? m_waitingHead : std::max(m_head->currentIndex(), 0)},
            {"share", m_share->value()},
            {"file", m_file->text().toStdString()},
            {"parts", m_parts->text().toStdString()},
            {"radius", m_radius->value()},
            {"folder", m_folder->text().toStdString()},
            {"label", m_label->value()},
            {"grow", m_grow->value()},
            {"feather", m_feather->value()}};
}

void RegionForm::setChoices(const StrictJson& reader, const nlohmann::json& choices)
{
    constexpr std::size_t mostBytes = 10'000;
    constexpr int mostHeads = 10'000;
    reader.requireKeys(
        choices, "a region's form",
        {"kind", "mask", "of", "head", "share", "file", "parts", "radius", "folder", "label", "grow", "feather"});
    const auto text = [&](const char* key) {
        return QString::fromStdString(reader.text(choices[key], key, mostBytes));
    };
    const int kind = reader.integer(choices["kind"], "kind", KeptMask, MaskFiles);
    const int of = reader.integer(choices["of"], "of", 0, m_of->count() - 1);
    const int head = reader.integer(choices["head"], "head", 0, mostHeads);
    const int label = reader.integer(choices["label"], "label", m_label->minimum(), m_label->maximum());
    const int grow = reader.integer(choices["grow"], "grow", m_grow->minimum(), m_grow->maximum());
    const int feather = reader.integer(choices["feather"], "feather", m_feather->minimum(), m_feather->maximum());
    const double share = reader.number(choices["share"], "share");
    const double radius = reader.number(choices["radius"], "radius");
    const QString mask = text("mask"), file = text("file"), parts = text("parts"), folder = text("folder");
    m_waitingMask = mask;
    m_waitingHead = head;
    const int heads = m_head->count() - 1;
    m_head->clear(); // so that setMaps() looks for the one that waits
    setMaps(m_mapKind, heads);
    setMasks(std::vector(m_masks));
    m_kind->setCurrentIndex(kind);
    m_of->setCurrentIndex(of);
    m_share->setValue(share);
    m_file->setText(file);
    m_parts->setText(parts);
    m_radius->setValue(radius);
    m_folder->setText(folder);
    m_label->setValue(label);
    m_grow->setValue(grow);
    m_feather->setValue(feather);
}

void RegionForm::setFile(Kind kind, const QString& path)
{
    (kind == Parts ? m_file : m_folder)->setText(path);
}

RegionForm::Kind RegionForm::kind() const
{
    return static_cast<Kind>(m_kind->currentIndex());
}

std::vector<std::string> RegionForm::parts() const
{
    std::vector<std::string> names;
    for (const QString& name : m_parts->text().split(',', Qt::SkipEmptyParts))
        if (const QString plain = name.trimmed(); !plain.isEmpty())
            names.push_back(plain.toStdString());
    return names;
}

Region RegionForm::region() const
{
    switch (kind()) {
    case KeptMask: {
        const auto chosen = static_cast<std::size_t>(m_mask->currentIndex());
        return chosen < m_masks.size() ? NamedMaskRegion{m_masks[chosen].name, m_masks[chosen].mask}
                                       : NamedMaskRegion();
    }
    case Attention: {
        const auto of = static_cast<AttentionRegion::Of>(m_of->currentIndex());
        const int classIndex = of == AttentionRegion::Of::Given ? std::max(m_class, 0) : 0;
        return AttentionRegion{of, classIndex, 0, m_head->currentIndex(), m_share->value() / percent};
    }
    case Parts:
        return PartRegion{toPath(m_file->text().trimmed()), parts(), m_radius->value() / percent,
                          PartRegion::Unit::LongerSide};
    case MaskFiles: break;
    }
    const int label = m_label->value();
    return MaskFileRegion{toPath(m_folder->text().trimmed()), label == byValues ? std::nullopt : std::optional(label)};
}

void RegionForm::fill(EditRecipe& recipe) const
{
    recipe.region = region();
    recipe.grow = m_grow->value();
    recipe.feather = m_feather->value();
}

QString RegionForm::whyNot() const
{
    if (kind() == KeptMask && m_masks.empty())
        return tr("The shown picture has no kept mask: paint one and keep it in the Edit panel.");
    if (kind() == Parts && m_file->text().trimmed().isEmpty())
        return tr("Choose a file of part points: a CSV with the columns file, part, x and y.");
    if (kind() == Parts && parts().empty())
        return tr("Name the parts that are to be edited, with commas between them.");
    return {};
}

} // namespace ocellus
