# The path that the image was given, which /etc/profile overwrites, comes back, and what a login adds stays behind it.
if [ -n "${PET_PATH-}" ]; then
    pet_rest=$PATH:
    PATH=$PET_PATH
    while [ -n "$pet_rest" ]; do
        pet_part=${pet_rest%%:*}
        pet_rest=${pet_rest#*:}
        case :$PATH: in
            *":$pet_part:"*) ;;
            *) PATH=$PATH:$pet_part ;;
        esac
    done
    unset PET_PATH pet_rest pet_part
    export PATH
fi
