// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/pickle_reader.h"

#include <bit>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/error.h"
#include "core/io/limits.h"
#include "core/io/pickle_globals.h"
#include "core/io/pickle_opcode.h"
#include "core/io/text.h"

namespace ocellus {

namespace {

/// What Python's documentation calls the instructions that are refused; empty for bytes that are none.
std::string_view nameOfRefused(std::uint8_t opcode)
{
    switch (opcode) {
    case 'F': return "FLOAT";
    case 'I': return "INT";
    case 'L': return "LONG";
    case 'P': return "PERSID";
    case 'S': return "STRING";
    case 'V': return "UNICODE";
    case '2': return "DUP";
    case 'd': return "DICT";
    case 'g': return "GET";
    case 'i': return "INST";
    case 'l': return "LIST";
    case 'o': return "OBJ";
    case 'p': return "PUT";
    case 0x82: return "EXT1";
    case 0x83: return "EXT2";
    case 0x84: return "EXT4";
    case 0x97: return "NEXT_BUFFER";
    case 0x98: return "READONLY_BUFFER";
    default: return {};
    }
}

/// Python's unpickler as far as data need it: a stack, marks in it, and a memo.
class PickleMachine {
public:
    PickleMachine(PickleInput& input, PickleHeap& heap) : m_input(input), m_heap(heap) {}

    PickleRef run(const Progress& progress)
    {
        for (std::size_t count = 0; count < limits::pickleOpcodes; ++count) {
            if (count % 4096 == 0)
                progress.at(Stage::Read, m_input.fraction());
            const auto opcode = static_cast<Opcode>(m_input.byte());
            if (opcode == Opcode::Stop)
                return pop();
            if (!pushConstant(opcode) && !pushText(opcode) && !collect(opcode) && !fill(opcode) && !useMemo(opcode) &&
                !call(opcode))
                refuse(opcode);
        }
        throw Error(ErrorCode::TooLarge, m_heap.subject(),
                    "its pickle has more than " + std::to_string(limits::pickleOpcodes) + " instructions");
    }

private:
    bool pushConstant(Opcode opcode);
    bool pushText(Opcode opcode);
    bool collect(Opcode opcode);
    bool fill(Opcode opcode);
    bool useMemo(Opcode opcode);
    bool call(Opcode opcode);
    [[noreturn]] void refuse(Opcode opcode);
    [[noreturn]] void damaged(const std::string& detail) const;

    void push(PickleValue value) { m_stack.push_back(m_heap.add(std::move(value))); }
    void pushInteger(std::uint64_t bytes);
    void passBytes(std::uint64_t count);
    void pushTuple(std::vector<PickleRef> items);
    PickleRef pop();
    PickleRef top() const;
    std::vector<PickleRef> popToMark();
    void append(PickleRef list, const std::vector<PickleRef>& items);
    void setItems(PickleRef dict, const std::vector<PickleRef>& items);
    void build(PickleRef object, PickleRef state);
    void memoise(std::uint32_t index);
    void recall(std::uint32_t index);
    std::string sizedBytes(std::uint64_t count);
    const std::string& nameIn(PickleRef ref) const;

    std::size_t floor() const { return m_marks.empty() ? 0 : m_marks.back(); }

    PickleInput& m_input;
    PickleHeap& m_heap;
    std::vector<PickleRef> m_stack;
    std::vector<std::size_t> m_marks;
    std::vector<PickleRef> m_memo; // noValue where nothing is
    static constexpr PickleRef noValue = UINT32_MAX;
};

bool PickleMachine::pushConstant(Opcode opcode)
{
    switch (opcode) {
    case Opcode::Protocol:
        if (const unsigned protocol = m_input.byte(); protocol < 2 || protocol > 5)
            damaged("its pickle has protocol " + std::to_string(protocol) + ", expected 2 to 5");
        return true;
    case Opcode::Frame: m_input.number<std::uint64_t>(); return true;
    case Opcode::None: push(PickleNone{}); return true;
    case Opcode::NewTrue: push(true); return true;
    case Opcode::NewFalse: push(false); return true;
    case Opcode::BinInt: push(std::int64_t{m_input.number<std::int32_t>()}); return true;
    case Opcode::BinInt1: push(std::int64_t{m_input.byte()}); return true;
    case Opcode::BinInt2: push(std::int64_t{m_input.number<std::uint16_t>()}); return true;
    case Opcode::Long1: pushInteger(m_input.byte()); return true;
    case Opcode::Long4: pushInteger(m_input.number<std::uint32_t>()); return true;
    case Opcode::BinFloat: // big-endian, as the only number in the format
        push(std::bit_cast<double>(__builtin_bswap64(m_input.number<std::uint64_t>())));
        return true;
    default: return false;
    }
}

bool PickleMachine::pushText(Opcode opcode)
{
    switch (opcode) {
    case Opcode::ShortBinUnicode:
    case Opcode::ShortBinString: push(PickleText{sizedBytes(m_input.byte())}); return true;
    case Opcode::BinUnicode:
    case Opcode::BinString: push(PickleText{sizedBytes(m_input.number<std::uint32_t>())}); return true;
    case Opcode::BinUnicode8: push(PickleText{sizedBytes(m_input.number<std::uint64_t>())}); return true;
    case Opcode::ShortBinBytes: passBytes(m_input.byte()); return true;
    case Opcode::BinBytes: passBytes(m_input.number<std::uint32_t>()); return true;
    case Opcode::BinBytes8:
    case Opcode::ByteArray8: passBytes(m_input.number<std::uint64_t>()); return true;
    default: return false;
    }
}

bool PickleMachine::collect(Opcode opcode)
{
    switch (opcode) {
    case Opcode::EmptyList:
    case Opcode::EmptySet: push(PickleList{}); return true;
    case Opcode::EmptyDict: push(PickleDict{}); return true;
    case Opcode::EmptyTuple: push(PickleTuple{}); return true;
    case Opcode::Mark:
        if (m_marks.size() >= limits::pickleDepth)
            throw Error(ErrorCode::TooLarge, m_heap.subject(),
                        "its values are nested deeper than " + std::to_string(limits::pickleDepth) + " levels");
        m_marks.push_back(m_stack.size());
        return true;
    case Opcode::Tuple:
    case Opcode::FrozenSet: pushTuple(popToMark()); return true;
    case Opcode::Tuple1: pushTuple({pop()}); return true;
    case Opcode::Tuple2: {
        const PickleRef second = pop();
        pushTuple({pop(), second});
        return true;
    }
    case Opcode::Tuple3: {
        const PickleRef third = pop();
        const PickleRef second = pop();
        pushTuple({pop(), second, third});
        return true;
    }
    default: return false;
    }
}

bool PickleMachine::fill(Opcode opcode)
{
    switch (opcode) {
    case Opcode::Pop: pop(); return true;
    case Opcode::PopMark: popToMark(); return true;
    case Opcode::Append: {
        const PickleRef item = pop();
        append(top(), {item});
        return true;
    }
    case Opcode::Appends:
    case Opcode::AddItems: {
        const std::vector<PickleRef> items = popToMark();
        append(top(), items);
        return true;
    }
    case Opcode::SetItem: {
        const PickleRef value = pop();
        const PickleRef key = pop();
        setItems(top(), {key, value});
        return true;
    }
    case Opcode::SetItems: {
        const std::vector<PickleRef> items = popToMark();
        setItems(top(), items);
        return true;
    }
    default: return false;
    }
}

bool PickleMachine::useMemo(Opcode opcode)
{
    switch (opcode) {
    case Opcode::BinPut: memoise(m_input.byte()); return true;
    case Opcode::LongBinPut: memoise(m_input.number<std::uint32_t>()); return true;
    case Opcode::Memoize: memoise(static_cast<std::uint32_t>(m_memo.size())); return true;
    case Opcode::BinGet: recall(m_input.byte()); return true;
    case Opcode::LongBinGet: recall(m_input.number<std::uint32_t>()); return true;
    default: return false;
    }
}

bool PickleMachine::call(Opcode opcode)
{
    switch (opcode) {
    case Opcode::Global: {
        const std::string module = m_input.line();
        push(pickleGlobal(m_heap, module, m_input.line()));
        return true;
    }
    case Opcode::StackGlobal: {
        const PickleRef name = pop();
        push(pickleGlobal(m_heap, nameIn(pop()), nameIn(name)));
        return true;
    }
    case Opcode::Reduce:
    case Opcode::NewObject: {
        const PickleRef arguments = pop();
        m_stack.push_back(constructPickleValue(m_heap, pop(), arguments));
        return true;
    }
    case Opcode::NewObjectEx: {
        const PickleRef keywords = pop();
        const PickleRef arguments = pop();
        const PickleRef made = constructPickleValue(m_heap, pop(), arguments);
        m_heap.nest(made, keywords);
        if (PickleRecord* record = m_heap.record(made))
            record->keywords = keywords;
        m_stack.push_back(made);
        return true;
    }
    case Opcode::Build: {
        const PickleRef state = pop();
        build(top(), state);
        return true;
    }
    case Opcode::BinPersistentId: m_stack.push_back(persistentPickleValue(m_heap, pop())); return true;
    default: return false;
    }
}

void PickleMachine::refuse(Opcode opcode)
{
    const std::uint64_t position = m_input.position() - 1;
    const std::string_view known = nameOfRefused(static_cast<std::uint8_t>(opcode));
    const std::string name = known.empty() ? std::string() : " (" + std::string(known) + ")";
    std::string object; // what it would have run, which says more than the opcode
    if (opcode == Opcode::Instance) {
        const std::string module = m_input.line();
        object = " for the Python object " + excerpt(module + "." + m_input.line());
    }
    throw Error(ErrorCode::Unsafe, m_heap.subject(),
                "its pickle has the instruction " + std::to_string(static_cast<unsigned>(opcode)) + name + object +
                    " at byte " + std::to_string(position) +
                    ", which torch.save never writes; nothing of the file was used");
}

void PickleMachine::damaged(const std::string& detail) const
{
    throw Error(ErrorCode::Damaged, m_heap.subject(), detail);
}

void PickleMachine::pushInteger(std::uint64_t bytes)
{
    const std::string text = sizedBytes(bytes);
    if (text.size() > sizeof(std::int64_t))
        return push(PickleBigInt{text});
    const bool negative = !text.empty() && (static_cast<unsigned char>(text.back()) & 0x80) != 0;
    std::uint64_t value = negative ? ~std::uint64_t{0} : 0;
    std::memcpy(&value, text.data(), text.size());
    push(static_cast<std::int64_t>(value));
}

void PickleMachine::passBytes(std::uint64_t count)
{
    const std::uint64_t position = m_input.position();
    m_input.skip(count);
    push(PickleBytes{position, count});
}

void PickleMachine::pushTuple(std::vector<PickleRef> items)
{
    const PickleRef tuple = m_heap.add(PickleTuple{});
    for (const PickleRef item : items)
        m_heap.nest(tuple, item);
    m_heap.get<PickleTuple>(tuple)->items = std::move(items);
    m_stack.push_back(tuple);
}

PickleRef PickleMachine::pop()
{
    const PickleRef value = top();
    m_stack.pop_back();
    return value;
}

PickleRef PickleMachine::top() const
{
    if (m_stack.size() <= floor())
        damaged("its pickle takes a value that is not there, at byte " + std::to_string(m_input.position()));
    return m_stack.back();
}

std::vector<PickleRef> PickleMachine::popToMark()
{
    if (m_marks.empty())
        damaged("its pickle ends a group that never began, at byte " + std::to_string(m_input.position()));
    const auto first = m_stack.begin() + static_cast<std::ptrdiff_t>(m_marks.back());
    std::vector<PickleRef> items(first, m_stack.end());
    m_stack.erase(first, m_stack.end());
    m_marks.pop_back();
    return items;
}

void PickleMachine::append(PickleRef list, const std::vector<PickleRef>& items)
{
    for (const PickleRef item : items)
        m_heap.nest(list, item);
    if (auto* target = m_heap.get<PickleList>(list))
        target->items.insert(target->items.end(), items.begin(), items.end());
    else if (PickleRecord* record = m_heap.record(list))
        record->members.insert(record->members.end(), items.begin(), items.end());
    else
        damaged("its pickle appends to something that is no list");
}

void PickleMachine::setItems(PickleRef dict, const std::vector<PickleRef>& items)
{
    if (items.size() % 2 != 0)
        damaged("its pickle fills a dictionary with a key that has no value");
    for (const PickleRef item : items)
        m_heap.nest(dict, item);
    auto* known = m_heap.get<PickleDict>(dict);
    PickleRecord* record = m_heap.record(dict);
    if (!known && !record)
        damaged("its pickle sets items of something that is no dictionary");
    PickleItems& target = known ? known->items : record->items;
    for (std::size_t i = 0; i < items.size(); i += 2)
        target.emplace_back(items[i], items[i + 1]);
}

void PickleMachine::build(PickleRef object, PickleRef state)
{
    m_heap.nest(object, state);
    if (PickleRecord* record = m_heap.record(object))
        record->state = state;
    // A state dict's `_metadata` says nothing that is needed.
    else if (!m_heap.get<PickleDict>(object))
        throw Error(ErrorCode::Unsafe, m_heap.subject(), "its pickle changes the state of a value that has none");
}

void PickleMachine::memoise(std::uint32_t index)
{
    if (index >= limits::pickleOpcodes)
        throw Error(ErrorCode::TooLarge, m_heap.subject(),
                    "its pickle's memo has the index " + std::to_string(index) + ", at most " +
                        std::to_string(limits::pickleOpcodes) + " are read");
    if (index >= m_memo.size())
        m_memo.resize(index + std::size_t{1}, noValue);
    m_memo[index] = top();
}

void PickleMachine::recall(std::uint32_t index)
{
    if (index >= m_memo.size() || m_memo[index] == noValue)
        damaged("its pickle recalls the value " + std::to_string(index) + ", which was never kept");
    m_stack.push_back(m_memo[index]);
}

std::string PickleMachine::sizedBytes(std::uint64_t count)
{
    std::string text = m_input.bytes(count);
    m_heap.charge(text.size());
    return text;
}

const std::string& PickleMachine::nameIn(PickleRef ref) const
{
    const auto* text = m_heap.get<PickleText>(ref);
    if (!text)
        damaged("its pickle names an object by something that is no text");
    // One long text could name objects a million times.
    if (text->text.size() > limits::pickleNameBytes)
        damaged("its pickle names an object by a text of " + std::to_string(text->text.size()) + " bytes");
    return text->text;
}

} // namespace

PickleRef readPickle(PickleInput& input, PickleHeap& heap, const Progress& progress)
{
    return PickleMachine(input, heap).run(progress);
}

} // namespace ocellus
